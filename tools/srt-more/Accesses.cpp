// tools/srt-more/Accesses.cpp: reads what a command did.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Accesses.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

#include <set>
#include <unistd.h>

namespace srt::command {

namespace {
struct Reader {
  std::set<Access> done;
  std::set<std::string> names;
  Observation out;
  void add(const llvm::json::Object &line, llvm::StringRef action);
};
} // namespace

void Reader::add(const llvm::json::Object &line, llvm::StringRef action) {
  std::optional<llvm::StringRef> path = line.getString("path");
  std::optional<llvm::StringRef> endpoint = line.getString("endpoint");
  // `too-much` is how the broker says that it has stopped (Record.cpp).
  if ((!path && !endpoint) || line.getBoolean("cut") || action == "too-much") {
    out.isWhole = false;
    return;
  }
  out.isStarted |= action == "exec";
  if (line.getString("call") == "dns")
    names.insert(endpoint ? endpoint->str() : "");
  else if (path)
    done.insert({action.str(), generalised(*path), About::Path});
  else
    done.insert({action.str(), endpoint->str(), About::Endpoint});
}

Observation observationOf(llvm::StringRef log) {
  Reader reader;
  DeniedRun run = readLog(log).back(); // behind the header, if there is one
  llvm::SmallVector<llvm::StringRef, 0> lines;
  log.split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines) {
    llvm::Expected<llvm::json::Value> value = llvm::json::parse(line);
    if (!value) {
      llvm::consumeError(value.takeError());
      reader.out.isWhole = false;
      continue;
    }
    const llvm::json::Object *object = value->getAsObject();
    if (std::optional<llvm::StringRef> action =
            object ? object->getString("permitted") : std::nullopt)
      reader.add(*object, *action);
  }
  reader.out.done.assign(reader.done.begin(), reader.done.end());
  reader.out.names.assign(reader.names.begin(), reader.names.end());
  reader.out.refused = std::move(run.denied);
  reader.out.isWhole &= run.dropped == 0;
  return std::move(reader.out);
}

std::vector<Access> Observation::missing() const {
  std::set<Access> found;
  for (const Denied &each : refused) {
    if (!each.rule.empty() || !each.text.empty())
      continue;
    // Of all that a call wants, the broker tells one thing.
    bool isNew = each.action == "write.data" && access(each.path.c_str(), F_OK) != 0;
    found.insert({isNew ? "write.create" : each.action, each.path, each.about});
  }
  return {found.begin(), found.end()};
}

} // namespace srt::command
