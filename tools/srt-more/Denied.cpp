// tools/srt-more/Denied.cpp: reads the log of denials.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Denied.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

namespace srt::command {

std::string generalised(llvm::StringRef path) {
  llvm::StringRef rest = path;
  if (!rest.consume_front("/proc/"))
    return path.str();
  llvm::StringRef number = rest.take_while([](char c) { return llvm::isDigit(c); });
  rest = rest.drop_front(number.size());
  bool isProcess = !number.empty() && (rest.empty() || rest[0] == '/');
  return isProcess ? "/proc/self" + rest.str() : path.str();
}

static std::string textOf(const llvm::json::Object &line, llvm::StringRef key) {
  std::optional<llvm::StringRef> text = line.getString(key);
  return text ? text->str() : std::string();
}

static DeniedRun runOf(const llvm::json::Object &line) {
  DeniedRun run;
  if (const llvm::json::Array *words = line.getArray("run"))
    for (const llvm::json::Value &word : *words)
      run.words.push_back(word.getAsString().value_or("").str());
  run.policy = textOf(line, "policy");
  run.cwd = textOf(line, "cwd");
  return run;
}

static void addDenied(const llvm::json::Object &line, DeniedRun &run) {
  Denied denied{textOf(line, "denied"), generalised(textOf(line, "path")),
                textOf(line, "call"), textOf(line, "rule"),
                textOf(line, "text")};
  for (const char *key : {"endpoint", "endpoint_hex"})
    if (std::string endpoint = textOf(line, key); !endpoint.empty()) {
      denied.path = endpoint;
      denied.about = About::Endpoint;
    }
  if (denied.path.empty())
    denied.path = textOf(line, "path_hex");
  auto known = llvm::find_if(run.denied, [&](const Denied &other) {
    return other.action == denied.action && other.path == denied.path &&
           other.rule == denied.rule;
  });
  if (known != run.denied.end())
    ++known->times;
  else
    run.denied.push_back(denied);
}

std::vector<DeniedRun> readLog(llvm::StringRef text) {
  std::vector<DeniedRun> runs(1);
  llvm::SmallVector<llvm::StringRef, 0> lines;
  text.split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines) {
    llvm::Expected<llvm::json::Value> value = llvm::json::parse(line);
    if (!value) {
      llvm::consumeError(value.takeError());
      continue;
    }
    const llvm::json::Object *object = value->getAsObject();
    if (!object)
      continue;
    if (object->getArray("run"))
      runs.push_back(runOf(*object));
    else if (object->getString("denied"))
      addDenied(*object, runs.back());
    else if (std::optional<int64_t> dropped = object->getInteger("dropped"))
      runs.back().dropped += unsigned(*dropped);
  }
  return runs;
}

} // namespace srt::command
