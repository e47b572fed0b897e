// tools/srt-more/Asker.cpp: asks the person at the terminal for the broker.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: whatever a program calls its files, it cannot drive the terminal by
// it, or make a question look like another: control characters show as `?`. Return
// alone, an end of the terminal and whatever is not understood are a no.
#include "tools/srt-more/Answers.h"
#include "tools/srt-more/Difference.h"
#include "tools/srt-more/Question.h"
#include "tools/srt-more/Verb.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/JSON.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <pwd.h>
#include <unistd.h>

namespace srt::command {

/// One line of the broker's, as a person wants it.
std::string questionText(const llvm::json::Object &question) {
  auto member = [&](const char *name) {
    std::optional<llvm::StringRef> text = question.getString(name);
    return text ? onOneLine(text->str()) : std::string();
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
  return member("action") + " `" + what + "`" + program + why;
}

/// The first letter that a person types, in a line.
char readLetter(FILE *terminal) {
  char line[64];
  if (!fgets(line, sizeof line, terminal))
    return 'n';
  char letter = line[0];
  while (!std::strchr(line, '\n') && fgets(line, sizeof line, terminal))
    ; // the rest of a long line is no answer to the next question
  return letter;
}

/// The broker knows no always: it is `session`, again and again.
const char *wordOf(char letter) {
  if (letter == 'o' || letter == 'O')
    return "once";
  return llvm::StringRef("sSaA").contains(letter) ? "session" : "no";
}

namespace {
/// Whoever asks: for whom, what is known, and where it asks (null: nowhere).
struct Asking {
  AnswersFor whose;
  Answers known;
  std::vector<std::string> command;
  FILE *terminal = nullptr;
  int end = -1;

  bool answer(llvm::StringRef line);

private:
  char letterFor(const llvm::json::Object &question);
  void keep(const llvm::json::Object &question);
  bool isKnown(const llvm::json::Object &question) const;
};
} // namespace

static std::string nameOfUser() {
  const passwd *user = getpwuid(geteuid());
  return user ? onOneLine(user->pw_name) : std::to_string(geteuid());
}

static std::string timeNow() {
  char text[32] = "";
  time_t now = std::time(nullptr);
  tm parts;
  if (gmtime_r(&now, &parts))
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

/// What a question is about, as it is kept; nothing if it is no text.
static std::optional<Answer> answerTo(const llvm::json::Object &question) {
  std::optional<llvm::StringRef> path = question.getString("path");
  std::optional<llvm::StringRef> endpoint = question.getString("endpoint");
  std::optional<llvm::StringRef> action = question.getString("action");
  if (!action || (!path && !endpoint) || question.getBoolean("cut"))
    return std::nullopt;
  Answer answer;
  answer.action = action->str();
  answer.about = path ? About::Path : About::Endpoint;
  answer.what = path ? path->str() : withoutAddress(*endpoint).str();
  answer.rule = question.getString("rule").value_or("").str();
  answer.text = question.getString("text").value_or("").str();
  return answer;
}

bool Asking::isKnown(const llvm::json::Object &question) const {
  std::optional<Answer> answer = answerTo(question);
  return answer && known.has(answer->action, answer->what, answer->about);
}

/// Keeps an always. What cannot be kept holds for this session.
void Asking::keep(const llvm::json::Object &question) {
  std::optional<Answer> answer = answerTo(question);
  std::string problem = "its name is no text";
  bool isKept = false;
  if (answer) {
    answer->who = nameOfUser();
    answer->when = timeNow();
    answer->command = command;
    isKept = addAnswer(whose, *answer, problem = "");
  }
  if (isKept)
    known.all.push_back(*answer);
  else
    fprintf(terminal, "srt: for this session only: %s\n",
            onOneLine(problem).c_str());
}

char Asking::letterFor(const llvm::json::Object &question) {
  if (isKnown(question))
    return 's';
  if (!terminal)
    return 'n';
  std::string text = "srt: " + questionText(question) +
                     "?\n     [o]nce, for this [s]ession, [a]lways, [N]o: ";
  fputs(text.c_str(), terminal);
  fflush(terminal);
  char letter = readLetter(terminal);
  if (letter == 'a' || letter == 'A')
    keep(question);
  return letter;
}

bool Asking::answer(llvm::StringRef line) {
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
  std::string reply = "{\"ask\":" + std::to_string(*number) + ",\"answer\":\"" +
                      wordOf(letterFor(*question)) + "\"}\n";
  return write(end, reply.data(), reply.size()) == ssize_t(reply.size());
}

/// Reads questions until nobody asks any more.
static void serve(Asking &asking) {
  FILE *questions = fdopen(asking.end, "r");
  char *line = nullptr;
  size_t room = 0;
  ssize_t size = 0;
  while (questions && (size = getline(&line, &room, questions)) > 0)
    if (!asking.answer({line, size_t(size)}))
      break;
  free(line);
}

bool runAsker(int argc, char **argv) {
  constexpr int kCommand = 6;
  Asking asking;
  if (argc < kCommand || llvm::StringRef(argv[1]) != "--asker" ||
      llvm::StringRef(argv[2]).getAsInteger(10, asking.end))
    return false;
  // Those of the terminal are meant for the command.
  for (int signal : {SIGINT, SIGQUIT, SIGTSTP, SIGPIPE, SIGTTOU})
    std::signal(signal, SIG_IGN);
  asking.whose = {argv[3], argv[4], argv[5]};
  for (char *word : llvm::ArrayRef(argv + kCommand, argv + argc))
    asking.command.push_back(llvm::json::fixUTF8(word));
  asking.known = readAnswers(asking.whose);
  if (!asking.known.problem.empty())
    complain(asking.known.problem + ": what was answered with always is asked again",
             "srt answers --revoke all removes the file");
  asking.terminal = fopen("/dev/tty", "r+");
  serve(asking);
  return true;
}

} // namespace srt::command
