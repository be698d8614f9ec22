#include "config/document.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/utf8.hpp"
#include "config/slot.hpp"

namespace burstd::config {

namespace {

constexpr std::uintmax_t largest = 1U << 20U;

void complain(const std::filesystem::path& file, std::vector<Complaint>& complaints, const std::string& sentence) {
  Notes(file.string(), complaints).add(YAML::Mark::null_mark(), sentence);
}

// Nothing after a complaint.
std::optional<std::string> read_text(const std::filesystem::path& file, std::vector<Complaint>& complaints) {
  std::error_code failure;
  if (std::filesystem::is_directory(file, failure)) {
    complain(file, complaints, "this is a folder; name the file itself");
    return std::nullopt;
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    complain(file, complaints, "the file cannot be read: " + std::generic_category().message(errno));
    return std::nullopt;
  }
  if (std::filesystem::file_size(file, failure) > largest && !failure) {
    complain(file, complaints, "the file is larger than 1 MiB, which no configuration is");
    return std::nullopt;
  }
  std::string text(std::istreambuf_iterator<char>(in), {});
  // A quote that is never closed is noticed by yaml-cpp only when the text does not end with a line's end.
  while (text.ends_with('\n') || text.ends_with('\r') || text.ends_with(' ')) text.pop_back();
  return text;
}

}  // namespace

std::optional<YAML::Node> read_document(const std::filesystem::path& file, std::vector<Complaint>& complaints) {
  const auto text = read_text(file, complaints);
  if (!text) return std::nullopt;
  if (!base::is_utf8(*text)) {
    complain(file, complaints, base::from_utf8(*text).error().sentence);
    return std::nullopt;
  }
  try {
    const auto documents = YAML::LoadAll(*text);
    if (documents.size() > 1) {
      Notes(file.string(), complaints).add(documents[1].Mark(), "a second document begins here; one file holds one");
      return std::nullopt;
    }
    return documents.empty() ? YAML::Node() : documents.front();
  } catch (const YAML::Exception& mistake) {
    Notes(file.string(), complaints).add(mistake.mark, "this is not YAML: " + mistake.msg);
    return std::nullopt;
  }
}

}  // namespace burstd::config
