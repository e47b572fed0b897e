// tools/srt-more/Asker.cpp: asks the person at the terminal for the broker.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: whatever a program calls its files, it cannot drive the terminal by
// it, or make a question look like another: control characters show as `?`. Return
// alone, an end of the terminal and whatever is not understood are a no.
#include "tools/srt-more/Verb.h"

#include "llvm/Support/JSON.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace srt::command {

static std::string plain(llvm::StringRef text) {
  std::string shown;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    shown += byte < 0x20 || byte == 0x7f ? '?' : c;
  }
  return shown;
}

/// One line of the broker's, as a person wants it.
static std::string questionText(const llvm::json::Object &question) {
  auto member = [&](const char *name) {
    std::optional<llvm::StringRef> text = question.getString(name);
    return text ? plain(*text) : std::string();
  };
  std::string what = member("path") + member("endpoint");
  if (what.empty())
    what = "(bytes) " + member("path_hex") + member("endpoint_hex");
  std::string why = member("text").empty()
                        ? std::string()
                        : " (" + member("text") + ", " + member("rule") + ")";
  std::string program;
  if (std::optional<int64_t> pid = question.getInteger("pid"))
    program = " by process " + std::to_string(*pid);
  return "srt: " + member("action") + " `" + what + "`" + program + why + "?\n" +
         "     [o]nce, for this [s]ession, [N]o: ";
}

/// The first letter that a person types, in a line.
static char readLetter(FILE *terminal) {
  char line[64];
  if (!fgets(line, sizeof line, terminal))
    return 'n';
  char letter = line[0];
  while (!std::strchr(line, '\n') && fgets(line, sizeof line, terminal))
    ; // the rest of a long line is no answer to the next question
  return letter;
}

static const char *wordOf(char letter) {
  if (letter == 'o' || letter == 'O')
    return "once";
  return letter == 's' || letter == 'S' ? "session" : "no";
}

static bool answer(llvm::StringRef line, FILE *terminal, int end) {
  llvm::Expected<llvm::json::Value> read = llvm::json::parse(line);
  if (!read) {
    llvm::consumeError(read.takeError());
    return false;
  }
  const llvm::json::Object *question = read->getAsObject();
  std::optional<int64_t> number =
      question ? question->getInteger("ask") : std::nullopt;
  if (!number)
    return false;
  std::string text = questionText(*question);
  fputs(text.c_str(), terminal);
  fflush(terminal);
  std::string reply = "{\"ask\":" + std::to_string(*number) + ",\"answer\":\"" +
                      wordOf(readLetter(terminal)) + "\"}\n";
  return write(end, reply.data(), reply.size()) == ssize_t(reply.size());
}

int runAsker(int end) {
  // Those of the terminal are meant for the command.
  for (int signal : {SIGINT, SIGQUIT, SIGTSTP, SIGPIPE, SIGTTOU})
    std::signal(signal, SIG_IGN);
  FILE *questions = fdopen(end, "r");
  FILE *terminal = fopen("/dev/tty", "r+");
  char *line = nullptr;
  size_t room = 0;
  ssize_t size = 0;
  while (questions && terminal && (size = getline(&line, &room, questions)) > 0)
    if (!answer({line, size_t(size)}, terminal, end))
      break;
  free(line);
  return kDone;
}

} // namespace srt::command
