// tools/srt-more/RunLog.cpp: reads logs of denials.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/RunLog.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

namespace srt::command {

/// What the header of a run says of its process: "4711-123456", or "" of a run
/// before there were such names.
static std::string idOf(const llvm::json::Object &object) {
  return object.getString("id").value_or("").str();
}

void LogReader::takeLine(llvm::StringRef text, std::vector<LogLine> &out) {
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
  if (!value) {
    llvm::consumeError(value.takeError());
    return;
  }
  llvm::json::Object *object = value->getAsObject();
  if (!object)
    return;
  LogLine line;
  std::string id = idOf(*object);
  bool isHeader = object->getArray("run") != nullptr;
  if (isHeader)
    headers[id] = *object;
  else if (auto header = headers.find(id); header != headers.end())
    line.run = header->second;
  line.time = object->getNumber("time").value_or(
      line.run.getNumber("time").value_or(0));
  line.object = std::move(*object);
  out.push_back(std::move(line));
}

void LogReader::take(llvm::StringRef bytes, std::vector<LogLine> &out) {
  constexpr size_t kLongest = 1 << 16; // no broker writes such a line
  rest += bytes;
  llvm::StringRef all = rest;
  size_t end = 0;
  while ((end = all.find('\n')) != llvm::StringRef::npos) {
    takeLine(all.take_front(end), out);
    all = all.drop_front(end + 1);
  }
  rest = all.size() > kLongest ? "" : all.str();
}

std::vector<std::string> logFiles(const Places &places) {
  std::vector<std::string> files;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator at(places.state + "/denials", error), end;
       at != end && !error; at.increment(error)) {
    llvm::StringRef path = at->path();
    if (path.ends_with(".jsonl") || path.ends_with(".jsonl.old"))
      files.push_back(path.str());
  }
  auto key = [](llvm::StringRef path) {
    bool isOld = path.consume_back(".old");
    return std::make_pair(path, !isOld);
  };
  llvm::sort(files, [&](const std::string &one, const std::string &other) {
    return key(one) < key(other);
  });
  return files;
}

} // namespace srt::command
