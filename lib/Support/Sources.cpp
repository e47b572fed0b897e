// lib/Support/Sources.cpp: line tables of source files.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Support/Sources.h"

#include <algorithm>
#include <cassert>

namespace srt {

SourceRange joined(SourceRange first, SourceRange last) {
  return {first.file, first.line, first.column, last.endLine, last.endColumn};
}

SourceRange subrange(SourceRange whole, size_t begin, size_t end) {
  if (whole.line != whole.endLine)
    return whole;
  SourceRange part = whole;
  part.column = whole.column + begin;
  part.endColumn = whole.column + end;
  return part;
}

static std::vector<size_t> lineStartsOf(llvm::StringRef text) {
  std::vector<size_t> starts{0};
  for (size_t at = text.find('\n'); at != llvm::StringRef::npos;
       at = text.find('\n', at + 1))
    starts.push_back(at + 1);
  return starts;
}

FileId Sources::add(llvm::StringRef name, std::string text) {
  auto file = std::make_unique<File>();
  file->name = name.str();
  file->text = std::move(text);
  file->lineStarts = lineStartsOf(file->text);
  files.push_back(std::move(file));
  return {uint32_t(files.size() - 1)};
}

FileId Sources::named(llvm::StringRef name) {
  for (uint32_t i = 0; i < files.size(); ++i)
    if (files[i]->name == name)
      return {i};
  auto file = std::make_unique<File>();
  file->name = name.str();
  files.push_back(std::move(file));
  return {uint32_t(files.size() - 1)};
}

llvm::StringRef Sources::name(FileId file) const {
  assert(file.value < files.size());
  return files[file.value]->name;
}

llvm::StringRef Sources::text(FileId file) const {
  assert(file.value < files.size());
  return files[file.value]->text;
}

llvm::StringRef Sources::line(FileId file, uint32_t number) const {
  if (file.value >= files.size() || number == 0)
    return {};
  const File &source = *files[file.value];
  if (number > source.lineStarts.size())
    return {};
  llvm::StringRef rest(source.text);
  rest = rest.drop_front(source.lineStarts[number - 1]);
  return rest.take_until([](char c) { return c == '\n'; }).rtrim('\r');
}

/// Requires: `starts` not empty. Returns the 0-based line of an offset.
static size_t lineOf(const std::vector<size_t> &starts, size_t offset) {
  auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  return after - starts.begin() - 1;
}

SourceRange Sources::range(FileId file, size_t begin, size_t end) const {
  assert(file.value < files.size() && begin <= end);
  const std::vector<size_t> &starts = files[file.value]->lineStarts;
  size_t first = lineOf(starts, begin);
  size_t last = lineOf(starts, end);
  return {file, uint32_t(first + 1), uint32_t(begin - starts[first] + 1),
          uint32_t(last + 1), uint32_t(end - starts[last] + 1)};
}

size_t Sources::offset(FileId file, uint32_t line, uint32_t column) const {
  const File &source = *files[file.value];
  if (line == 0 || line > source.lineStarts.size())
    return source.text.size();
  return std::min(source.lineStarts[line - 1] + column - 1,
                  source.text.size());
}

} // namespace srt
