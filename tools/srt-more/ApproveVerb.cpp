// tools/srt-more/ApproveVerb.cpp: srt approve, answers to what sandboxes ask srtd.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a question is answered by its name, which no other ever has. In a
// sandbox it gets no answer from srtd.
#include "tools/srt-more/Question.h"
#include "tools/srt-more/Verb.h"
#include "tools/srt/Service.h"

#include "llvm/Support/raw_ostream.h"

#include <fcntl.h>
#include <optional>
#include <unistd.h>

namespace srt::command {

namespace {
struct ApproveOptions {
  std::string name;
  bool isSession = false, isNo = false, isJson = false, isWatching = false;
};

/// A conversation with srtd, line by line.
class Talk {
public:
  explicit Talk(int fd) : in(fdopen(fd, "r")), fd(fd) {
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
  }
  Talk(const Talk &) = delete;
  ~Talk() {
    fclose(in);
    free(room);
  }
  bool say(const std::string &line) {
    std::string text = line + "\n";
    return write(fd, text.data(), text.size()) == ssize_t(text.size());
  }
  /// The next line as JSON; nothing if srtd has hung up.
  std::optional<llvm::json::Object> hear() {
    ssize_t size = getline(&room, &roomSize, in);
    if (size <= 0)
      return std::nullopt;
    line.assign(room, size_t(size));
    llvm::Expected<llvm::json::Value> value = llvm::json::parse(line);
    if (!value || !value->getAsObject()) {
      llvm::consumeError(value.takeError());
      return std::nullopt;
    }
    return std::move(*value->getAsObject());
  }
  const std::string &lastLine() const { return line; }

private:
  FILE *in;
  int fd;
  char *room = nullptr;
  size_t roomSize = 0;
  std::string line;
};
} // namespace

/// "k7qd-12  npm (in /srv/p)  read.data `/srv/a` ...".
static std::string describe(const llvm::json::Object &line) {
  std::string program = "?", folder;
  if (const llvm::json::Object *sandbox = line.getObject("sandbox")) {
    if (const llvm::json::Array *words = sandbox->getArray("run"))
      if (!words->empty())
        program = plain(words->front().getAsString().value_or("?"));
    folder = plain(sandbox->getString("cwd").value_or("?"));
  }
  const llvm::json::Object *asked = line.getObject("asked");
  return plain(line.getString("question").value_or("?")) + "  " + program +
         " (in " + folder + "): " + (asked ? questionText(*asked) : "?");
}

static int lost() {
  llvm::outs().flush();
  complain("srtd has hung up: it has ended, or refuses whoever is in a sandbox");
  return kFailed;
}

static int list(Talk &talk, const ApproveOptions &options) {
  if (!talk.say("list"))
    return lost();
  while (std::optional<llvm::json::Object> line = talk.hear()) {
    if (std::optional<int64_t> count = line->getInteger("open")) {
      if (*count == 0 && !options.isJson)
        llvm::outs() << "srt: nobody asks\n";
      return *count == 0 ? kFailed : kDone;
    }
    if (options.isJson)
      llvm::outs() << talk.lastLine();
    else
      llvm::outs() << describe(*line) << "\n";
  }
  return lost();
}

static int answer(Talk &talk, const std::string &name, const std::string &word) {
  bool isName = name.find_first_of(" \n") == std::string::npos;
  std::optional<llvm::json::Object> reply;
  if (isName && talk.say("answer " + name + " " + word))
    reply = talk.hear();
  if (!isName || !reply)
    return lost();
  if (std::optional<llvm::StringRef> error = reply->getString("error")) {
    complain("`" + name + "`: " + plain(*error), "srt approve lists what is asked");
    return kFailed;
  }
  return kDone;
}

/// Asks the person at the terminal about each question as it comes.
static int watch(Talk &talk, const ApproveOptions &options) {
  FILE *terminal = options.isJson ? nullptr : fopen("/dev/tty", "r+");
  if (!options.isJson && !terminal) {
    complain("--watch needs a terminal", "with --json it prints what comes");
    return kFailed;
  }
  if (!talk.say("watch"))
    return lost();
  while (std::optional<llvm::json::Object> line = talk.hear()) {
    if (options.isJson) {
      llvm::outs() << talk.lastLine();
      llvm::outs().flush();
    } else if (std::optional<llvm::StringRef> name = line->getString("question")) {
      fputs(("srt: " + describe(*line) + kChoices).c_str(), terminal);
      fflush(terminal);
      talk.say("answer " + name->str() + " " + wordOf(readLetter(terminal)));
    } else if (std::optional<llvm::StringRef> error = line->getString("error")) {
      fputs(("     " + plain(*error) + "\n").c_str(), terminal);
    }
  }
  return lost();
}

int runApprove(const Job &job) {
  ApproveOptions options;
  CLI::App app("answer what sandboxes without a terminal ask, through srtd",
               "srt approve");
  app.add_option("QUESTION", options.name, "its name in the list; without it, the list");
  app.add_flag("--session", options.isSession, "for as long as that command runs");
  app.add_flag("--no", options.isNo, "refuse it");
  app.add_flag("--watch", options.isWatching, "ask here about each as it comes");
  app.add_flag("--json", options.isJson, "a line of JSON for each question");
  app.footer("Examples:\n  srt approve\n  srt approve k7qd-12\n"
             "  srt approve k7qd-12 --session\n  srt approve --watch\n\n"
             "Exit status: 0 answered, or something is asked; 1 not; 2 usage.");
  parseWords(app, job);
  if (options.isSession && options.isNo)
    throw CLI::ValidationError("--no", "does not go with --session");
  std::string problem;
  int fd = connectService(job.places, problem);
  if (fd < 0) {
    complain(problem.empty() ? "srtd does not run" : problem,
             "systemctl --user start srtd.socket, or run srtd");
    return kFailed;
  }
  Talk talk(fd);
  if (options.isWatching)
    return watch(talk, options);
  if (options.name.empty())
    return list(talk, options);
  return answer(talk, options.name,
                options.isNo        ? "no"
                : options.isSession ? "session"
                                    : "once");
}

} // namespace srt::command
