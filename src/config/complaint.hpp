// What is wrong with a configuration, with its place, and the list that collects all of it. Everything in config
// complains here and goes on, so that an administrator sees every mistake at once. It never judges by itself.
#pragma once

#include <string>
#include <vector>

namespace burstd::config {

struct Complaint {
  std::string file;
  int line;    // from 1; 1:1 where the file as a whole is meant
  int column;  // in characters
  std::string sentence;
};

// "burstd.yaml:12:3: sentence"
std::string to_string(const Complaint& complaint);

// By file, then by place.
void sort(std::vector<Complaint>& complaints);

}  // namespace burstd::config
