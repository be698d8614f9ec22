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

// The first line that a tab indents; yaml-cpp only finds that something is not where it was awaited.
std::optional<YAML::Mark> indenting_tab(const std::string& text) {
  YAML::Mark mark;
  bool in_indent = true;
  for (const char letter : text) {
    if (in_indent && letter == '\t') return mark;
    in_indent = letter == '\n' || (in_indent && letter == ' ');
    mark.line += letter == '\n' ? 1 : 0;
    mark.column = letter == '\n' ? 0 : mark.column + 1;
  }
  return std::nullopt;
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
    if (const auto tab = indenting_tab(*text)) {
      Notes(file.string(), complaints).add(*tab, "a tab stands at the beginning of this line; indent with blanks");
      return std::nullopt;
    }
    Notes(file.string(), complaints).add(mistake.mark, "this is not YAML: " + mistake.msg);
    return std::nullopt;
  }
}

}  // namespace burstd::config
