// tools/srt-more/Sandboxes.cpp: puts together what is known of sandboxes.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Sandboxes.h"

#include "tools/srt-more/Processes.h"
#include "tools/srt-more/RunLog.h"
#include "tools/srt-more/Store.h"
#include "tools/srt/Files.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <unistd.h>

namespace srt::command {

static RunningSandbox describe(const llvm::json::Object &header, RunId id) {
  auto text = [&](const char *key) {
    return header.getString(key).value_or("").str();
  };
  RunningSandbox sandbox;
  sandbox.id = id;
  if (const llvm::json::Array *words = header.getArray("run"))
    for (const llvm::json::Value &word : *words)
      sandbox.words.push_back(word.getAsString().value_or("").str());
  sandbox.policy = text("policy");
  sandbox.project = text("project");
  sandbox.cwd = text("cwd");
  sandbox.since = header.getInteger("time").value_or(0);
  return sandbox;
}

/// The counts that one log has for a run.
static void count(const std::string &path, const std::string &id,
                  RunningSandbox::Counts &counts) {
  std::vector<LogLine> lines;
  LogReader().take(readFile(path).text(), lines);
  for (const LogLine &line : lines) {
    if (line.object.getString("id").value_or("") != id)
      continue;
    counts.denied += line.object.getString("denied") ? 1 : 0;
    counts.denied += line.object.getInteger("dropped").value_or(0);
    bool isAsked = line.object.getInteger("ask").has_value();
    counts.asked += isAsked;
    counts.open += isAsked ? 1 : line.object.getInteger("answered") ? -1 : 0;
  }
  counts.open = std::max<int64_t>(counts.open, 0); // its beginning may be gone
}

static void addCounts(const llvm::json::Object &header, const Places &places,
                      RunningSandbox &sandbox) {
  std::string name = header.getString("log").value_or("").str();
  if (sandbox.broker == 0 || name.empty() || name.find('/') != std::string::npos)
    return;
  std::string log = places.state + "/denials/" + name;
  sandbox.counts.emplace();
  count(log + ".old", sandbox.id.text(), *sandbox.counts);
  count(log, sandbox.id.text(), *sandbox.counts);
}

/// Tells broker and command apart: the noted process is the one or the other. The
/// broker is under as many filters as whoever started it; the command under one
/// more.
static void addProcesses(const std::vector<Process> &all, RunningSandbox &sandbox) {
  Process noted = processNumbered(all, sandbox.id.pid);
  std::vector<size_t> tree = treeOf(all, sandbox.id.pid);
  bool hasBroker = noted.name == "srt-broker";
  sandbox.broker = hasBroker ? noted.pid : 0;
  sandbox.command = hasBroker ? 0 : noted.pid;
  for (size_t i : tree) {
    bool isInside = !hasBroker || all[i].filters > noted.filters;
    (isInside ? sandbox.memory : sandbox.brokerMemory) += all[i].memory;
    if (isInside && hasBroker && sandbox.command == 0 &&
        all[i].parent == noted.pid)
      sandbox.command = all[i].pid;
  }
}

static std::optional<llvm::json::Value> readHeader(const std::string &path) {
  Bytes bytes = readFile(path);
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(bytes.text());
  if (!bytes.isThere || bytes.status.st_uid != geteuid() || !value ||
      !value->getAsObject()) {
    llvm::consumeError(value.takeError());
    return std::nullopt;
  }
  return std::move(*value);
}

static void addFolder(const std::string &folder, const std::vector<Process> &all,
                      const Places &places, std::vector<RunningSandbox> &found) {
  std::error_code error;
  for (llvm::sys::fs::directory_iterator at(folder, error), end;
       at != end && !error; at.increment(error)) {
    Liveness live = livenessOf(llvm::sys::path::filename(at->path()).str());
    if (!live.isAlive)
      continue;
    std::optional<llvm::json::Value> header = readHeader(at->path());
    RunningSandbox sandbox =
        describe(header ? *header->getAsObject() : llvm::json::Object(), live.id);
    addProcesses(all, sandbox);
    if (header)
      addCounts(*header->getAsObject(), places, sandbox);
    found.push_back(std::move(sandbox));
  }
}

std::vector<RunningSandbox> runningSandboxes(const Places &places) {
  std::vector<RunningSandbox> found;
  std::vector<Process> all = allProcesses();
  for (const std::string &folder : runningFolders(places)) {
    if (!isPrivateFolder(folder))
      continue;
    sweepRunning(folder);
    addFolder(folder, all, places, found);
  }
  llvm::sort(found, [](const RunningSandbox &one, const RunningSandbox &other) {
    return std::pair(one.id.start, one.id.pid) <
           std::pair(other.id.start, other.id.pid);
  });
  return found;
}

std::string whyNotNoted(const Places &places) {
  std::string problem = "neither HOME nor XDG_RUNTIME_DIR says a folder";
  for (const std::string &folder : runningFolders(places)) {
    if (!makeFolder(folder, problem))
      continue;
    if (access(folder.c_str(), W_OK | X_OK) == 0 && isPrivateFolder(folder))
      return {};
    problem = "`" + folder + "` is not writable, or not this user's alone";
  }
  return problem;
}

} // namespace srt::command
