// tools/srt-more/Answers.cpp: keeps answers.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Answers.h"

#include "tools/srt-more/Store.h"
#include "tools/srt/Files.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace srt::command {

/// A file that has more was not written by people who answer questions.
static constexpr size_t kMostAnswers = 1000;

llvm::StringRef withoutAddress(llvm::StringRef endpoint) {
  return endpoint.split(" (").first;
}

bool Answers::has(llvm::StringRef action, llvm::StringRef what,
                  About about) const {
  return llvm::any_of(all, [&](const Answer &each) {
    return each.action == action && each.what == what && each.about == about;
  });
}

static llvm::json::Value lineOf(const AnswersFor &whose, const Answer &answer) {
  llvm::json::Object line{{"answer", "always"},
                          {"policy", whose.policy},
                          {"project", whose.project},
                          {"action", answer.action},
                          {"who", answer.who},
                          {"when", answer.when},
                          {"command", llvm::json::Array(answer.command)},
                          {"rule", answer.rule},
                          {"text", answer.text}};
  line[answer.about == About::Path ? "path" : "endpoint"] = answer.what;
  return line;
}

namespace {
/// Takes the members of a line; each has to be there, and nothing else.
struct LineReader {
  llvm::json::Object line;
  bool isRight = true;

  std::string take(llvm::StringRef name) {
    std::optional<llvm::StringRef> text = line.getString(name);
    std::string value = text ? text->str() : "";
    isRight = isRight && text;
    line.erase(name);
    return value;
  }
  std::vector<std::string> takeWords(llvm::StringRef name) {
    std::vector<std::string> words;
    const llvm::json::Array *array = line.getArray(name);
    isRight = isRight && array;
    for (size_t i = 0; array && i < array->size(); ++i) {
      std::optional<llvm::StringRef> word = (*array)[i].getAsString();
      isRight = isRight && word;
      words.push_back(word.value_or("").str());
    }
    line.erase(name);
    return words;
  }
};
} // namespace

static bool readLine(llvm::StringRef text, const AnswersFor &whose,
                     Answer &answer) {
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
  if (!value) {
    llvm::consumeError(value.takeError());
    return false;
  }
  if (!value->getAsObject())
    return false;
  LineReader reader{*value->getAsObject()};
  bool isAlways = reader.take("answer") == "always";
  bool isOurs = reader.take("policy") == whose.policy;
  isOurs &= reader.take("project") == whose.project;
  answer.action = reader.take("action");
  answer.about = reader.line.get("path") ? About::Path : About::Endpoint;
  answer.what = reader.take(answer.about == About::Path ? "path" : "endpoint");
  answer.who = reader.take("who");
  answer.when = reader.take("when");
  answer.command = reader.takeWords("command");
  answer.rule = reader.take("rule");
  answer.text = reader.take("text");
  return reader.isRight && reader.line.empty() && isAlways && isOurs &&
         !answer.what.empty() && ir::actionNamed(answer.action);
}

static std::string doubtIn(const std::string &path, bool isFolder) {
  struct stat status;
  if (lstat(path.c_str(), &status) != 0)
    return errno == ENOENT ? "" : "`" + path + "`: " + std::strerror(errno);
  if (isFolder ? !S_ISDIR(status.st_mode) : !S_ISREG(status.st_mode))
    return "`" + path + "` is no " + (isFolder ? "folder" : "file");
  Doubt doubt = doubtOf(status);
  return doubt == Doubt::None ? "" : "`" + path + "` " + text(doubt);
}

static std::string folderOf(const std::string &path) {
  return path.substr(0, path.rfind('/'));
}

Answers readAnswers(const AnswersFor &whose) {
  Answers answers;
  if (whose.file.empty())
    return answers;
  for (const std::string &folder :
       {folderOf(folderOf(whose.file)), folderOf(whose.file)})
    if (answers.problem.empty())
      answers.problem = doubtIn(folder, /*isFolder=*/true);
  if (answers.problem.empty())
    answers.problem = doubtIn(whose.file, /*isFolder=*/false);
  if (!answers.problem.empty() || access(whose.file.c_str(), F_OK) != 0)
    return answers;
  Bytes bytes = readFile(whose.file);
  std::string text = bytes.text();
  llvm::SmallVector<llvm::StringRef, 0> lines;
  llvm::StringRef(text).split(lines, '\n');
  // Each line has an end: a file that was cut has been damaged.
  bool isRight = bytes.isThere && lines.back().empty() &&
                 lines.size() <= kMostAnswers + 1;
  lines.pop_back();
  for (size_t i = 0; i < lines.size() && isRight; ++i) {
    isRight = readLine(lines[i], whose, answers.all.emplace_back());
    if (!isRight)
      answers.problem = "line " + std::to_string(i + 1) + " of `" + whose.file +
                        "` is no answer for this policy";
  }
  if (!isRight && answers.problem.empty())
    answers.problem = "`" + whose.file + "` is damaged";
  if (!isRight)
    answers.all.clear();
  return answers;
}

namespace {
/// Keeps others from changing answers at the same time.
class Lock {
public:
  explicit Lock(const std::string &folder)
      : fd(open((folder + "/.lock").c_str(),
                O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    isHeld = fd >= 0 && flock(fd, LOCK_EX) == 0;
  }
  Lock(const Lock &) = delete;
  ~Lock() {
    if (fd >= 0)
      close(fd);
  }
  bool isHeld = false;

private:
  int fd;
};
} // namespace

static bool writeAnswers(const AnswersFor &whose, const Answers &answers,
                         std::string &problem) {
  std::string text;
  llvm::raw_string_ostream out(text);
  for (const Answer &each : answers.all)
    out << lineOf(whose, each) << '\n';
  bool isDone = text.empty() ? unlink(whose.file.c_str()) == 0 || errno == ENOENT
                             : writeWhole(whose.file, text);
  if (!isDone)
    problem = "cannot write `" + whose.file + "`: " + std::strerror(errno);
  return isDone;
}

bool addAnswer(const AnswersFor &whose, const Answer &answer,
               std::string &problem) {
  bool isText = llvm::json::isUTF8(whose.policy) &&
                llvm::json::isUTF8(whose.project);
  if (whose.file.empty() || !isText)
    problem = whose.file.empty() ? "HOME says no folder"
                                 : "the name of the policy is no text";
  std::string folder = folderOf(whose.file);
  if (!problem.empty() || !makeFolder(folderOf(folder), problem) ||
      !makeFolder(folder, problem))
    return false;
  Lock lock(folder);
  Answers answers = readAnswers(whose);
  problem = answers.problem;
  if (problem.empty() && !lock.isHeld)
    problem = "cannot lock `" + folder + "`";
  if (problem.empty() && answers.all.size() >= kMostAnswers)
    problem = "there are too many of them";
  if (!problem.empty())
    return false;
  if (answers.has(answer.action, answer.what, answer.about))
    return true;
  answers.all.push_back(answer);
  return writeAnswers(whose, answers, problem);
}

bool revokeAnswer(const AnswersFor &whose, size_t index, std::string &problem) {
  Lock lock(folderOf(whose.file));
  Answers answers = readAnswers(whose);
  if (index == kEvery) { // whatever is in it
    answers.all.clear();
    return writeAnswers(whose, answers, problem);
  }
  problem = answers.problem;
  if (problem.empty() && index >= answers.all.size())
    problem = "there is no answer " + std::to_string(index + 1) + " here";
  if (!problem.empty())
    return false;
  answers.all.erase(answers.all.begin() + ptrdiff_t(index));
  return writeAnswers(whose, answers, problem);
}

} // namespace srt::command
