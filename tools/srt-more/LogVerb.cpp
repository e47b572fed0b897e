// tools/srt-more/LogVerb.cpp: srt log, what was denied in all projects.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: whatever a program calls its files, it cannot drive the terminal by
// it: control characters show as `?`.
#include "tools/srt-more/Follow.h"
#include "tools/srt-more/Question.h"
#include "tools/srt-more/Since.h"
#include "tools/srt-more/Verb.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <ctime>
#include <unistd.h>

namespace srt::command {

namespace {
struct LogOptions {
  bool isJson = false;
  bool isFollowing = false;
  std::string since;
  double from = 0;
};
} // namespace

static std::string textOf(const llvm::json::Object &object, const char *key) {
  return plain(object.getString(key).value_or(""));
}

/// What it was about: a path, an endpoint, or the bytes of one that is no text.
static std::string matterOf(const llvm::json::Object &line) {
  for (const char *key : {"path", "endpoint", "path_hex", "endpoint_hex"})
    if (line.getString(key))
      return textOf(line, key);
  return "";
}

/// "denied by std/secrets.srt:12:3 (deny read)".
static std::string reasonOf(const llvm::json::Object &line) {
  std::string rule = textOf(line, "rule"), text = textOf(line, "text");
  if (rule.empty())
    return text.empty() ? "no rule allows it" : text;
  return "by " + rule + (text.empty() ? "" : " (" + text + ")");
}

/// What a line says to a person; empty: nothing.
static std::string sentenceOf(const llvm::json::Object &line) {
  if (line.getString("denied"))
    return "denied " + textOf(line, "denied") + " `" + matterOf(line) + "` (" +
           textOf(line, "call") + "): " + reasonOf(line);
  if (std::optional<int64_t> number = line.getInteger("ask"))
    return "asked #" + std::to_string(*number) + " " + textOf(line, "action") +
           " `" + matterOf(line) + "` (" + textOf(line, "call") + "): " +
           reasonOf(line);
  if (std::optional<int64_t> number = line.getInteger("answered"))
    return "answered #" + std::to_string(*number) + ": " + textOf(line, "answer");
  if (std::optional<int64_t> count = line.getInteger("dropped"))
    return std::to_string(*count) + " more denials had no room in the log";
  return "";
}

/// "npm[4711]": the program and the process that `srt ps` shows.
static std::string whoOf(const LogLine &line) {
  std::string name = "?";
  if (const llvm::json::Array *words = line.run.getArray("run"))
    if (!words->empty())
      name = plain(words->front().getAsString().value_or("?"));
  name = name.substr(name.rfind('/') + 1);
  llvm::StringRef id = line.object.getString("id").value_or("");
  return id.empty() ? name : name + "[" + plain(id.split('-').first) + "]";
}

static void showJson(const LogLine &line) {
  llvm::json::Object out = line.object;
  for (const char *key : {"run", "policy", "project"})
    if (const llvm::json::Value *value = line.run.get(key))
      out[key] = *value;
  llvm::outs() << llvm::json::Value(std::move(out)) << "\n";
}

static unsigned show(const std::vector<LogLine> &lines, const LogOptions &options) {
  unsigned shown = 0;
  for (const LogLine &line : lines) {
    std::string sentence = sentenceOf(line.object);
    if (sentence.empty() || line.time < options.from)
      continue;
    ++shown;
    if (options.isJson)
      showJson(line);
    else
      llvm::outs() << localTime(line.time) << "  " << whoOf(line) << "  "
                   << sentence << "\n";
  }
  llvm::outs().flush();
  return shown;
}

/// A process that was started before another may write later: by time, and what
/// has the same time as it stood in its log.
static void sortByTime(std::vector<LogLine> &lines) {
  llvm::stable_sort(lines, [](const LogLine &one, const LogLine &other) {
    return one.time < other.time;
  });
}

[[noreturn]] static void follow(LogFollower &follower, LogOptions &options) {
  constexpr useconds_t kRest = 200'000;
  for (;; usleep(kRest)) {
    std::vector<LogLine> lines = follower.news();
    sortByTime(lines);
    show(lines, options);
    if (llvm::outs().has_error())
      _exit(kFailed);
  }
}

int runLog(const Job &job) {
  LogOptions options;
  CLI::App app("show what was denied, of all projects", "srt log");
  app.add_option("--since", options.since,
                 "from 90s, 10m, 2h or 3d ago, 2026-11-28, 2026-11-28T15:00, or @SECONDS");
  app.add_flag("--follow,-f", options.isFollowing,
               "go on with what comes, until interrupted; without --since, only that");
  app.add_flag("--json", options.isJson, "a line of JSON each");
  app.footer("Examples:\n  srt log --since 1h\n  srt log --follow\n"
             "  srt log --json --since 2026-11-28\n\n"
             "Exit status: 0 something was denied, 1 nothing was, 2 usage.");
  parseWords(app, job);
  double now = double(std::time(nullptr));
  std::optional<double> from = readSince(options.since, now);
  if (!options.since.empty() && !from)
    throw CLI::ValidationError("--since",
                               "`" + plain(options.since) +
                                   "` is no time; 10m, 2h, 3d, a date or @SECONDS is");
  options.from = from.value_or(0);
  LogFollower follower(job.places);
  std::vector<LogLine> lines = follower.news();
  sortByTime(lines);
  bool isOnlyNew = options.isFollowing && options.since.empty();
  unsigned shown = isOnlyNew ? 0 : show(lines, options);
  if (options.isFollowing)
    follow(follower, options);
  if (shown == 0 && !options.isJson)
    llvm::outs() << "srt: nothing is written down\n  What the kernel denies by "
                    "itself leaves no trace: srt --explain-denials CMD\n";
  return shown == 0 ? kFailed : kDone;
}

} // namespace srt::command
