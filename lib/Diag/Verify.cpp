// lib/Diag/Verify.cpp: holds diagnostics against expectations in comments.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Diag/Verify.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt {

static constexpr llvm::StringLiteral kPrefix = "expected-";

namespace {
struct Expectation {
  FileId file{};
  uint32_t at = 0;   // line of the comment
  uint32_t line = 0; // line of the diagnostics; 0 for those without a place
  Severity severity = Severity::Error;
  uint32_t count = 1;
  uint32_t seen = 0;
  llvm::StringRef text; // into Sources; not empty
};

/// A comment that begins like an expectation but is none.
struct Malformed {
  FileId file;
  uint32_t at;
  std::string problem;
};

/// What the comments of all files say.
struct Expected {
  std::vector<Expectation> all; // in the order of files and lines
  std::vector<Malformed> malformed;
  bool saysNone = false; // some file has expected-no-diagnostics

  bool isFull() const {
    return all.size() + malformed.size() >= kMaxExpectations;
  }
};
} // namespace

static std::optional<Severity> readSeverity(llvm::StringRef &rest) {
  for (Severity each : {Severity::Error, Severity::Warning, Severity::Remark})
    if (rest.consume_front(spelling(each)))
      return each;
  return std::nullopt;
}

/// Reads what follows `@`. Returns false if it is no line.
static bool readLine(llvm::StringRef &rest, Expectation &into) {
  bool isBelow = rest.consume_front("+");
  bool isAbove = !isBelow && rest.consume_front("-");
  uint32_t number = 0;
  if (rest.consumeInteger(10, number))
    return false;
  int64_t line = number;
  if (isBelow || isAbove)
    line = isBelow ? int64_t(into.at) + number : int64_t(into.at) - number;
  // Only `@0` itself means "no place"; an offset must not get there unawares.
  if (line > UINT32_MAX || line < ((isBelow || isAbove) ? 1 : 0))
    return false;
  into.line = uint32_t(line);
  return true;
}

/// Reads `{{text}}`. The text may end in braces: `{{${p}}}` holds `${p}`.
static bool readText(llvm::StringRef &rest, llvm::StringRef &text) {
  if (!rest.consume_front("{{"))
    return false;
  size_t end = rest.find("}}");
  if (end == llvm::StringRef::npos)
    return false;
  while (rest.substr(end + 2).starts_with("}"))
    ++end;
  text = rest.take_front(end);
  rest = rest.drop_front(end + 2);
  return !text.empty();
}

/// Reads what follows `expected-`. Returns what is wrong with it, or nothing.
static llvm::StringRef readExpectation(llvm::StringRef &rest,
                                       Expectation &into) {
  std::optional<Severity> severity = readSeverity(rest);
  if (!severity)
    return "wants expected-error, -warning, -remark or -no-diagnostics";
  into.severity = *severity;
  into.line = into.at;
  if (rest.consume_front("@") && !readLine(rest, into))
    return "`@` wants +N, -N or N, a line of the file";
  llvm::StringRef behind = rest.ltrim(" \t");
  if (behind.size() == rest.size() && !rest.starts_with("{{"))
    return "wants `@` or {{text}} behind the severity";
  rest = behind;
  if (!rest.empty() && llvm::isDigit(rest.front()))
    if (rest.consumeInteger(10, into.count) || into.count == 0 ||
        into.count > kMaxExpectedCount)
      return "the count must be from 1 to 512";
  rest = rest.ltrim(" \t");
  return readText(rest, into.text) ? "" : "wants {{text}}, which is not empty";
}

/// Other words behind an expectation could be one that is misspelt.
static bool isEndOfExpectation(llvm::StringRef rest) {
  rest = rest.ltrim();
  return rest.empty() || rest.starts_with("//") || rest.starts_with("#") ||
         rest.starts_with("/*") || rest.starts_with("*/") ||
         rest.starts_with(kPrefix);
}

static bool endsInCommentMark(llvm::StringRef text) {
  return text.ends_with("//") || text.ends_with("/*") || text.ends_with("#");
}

/// Reads the expectations on one line of a file. Returns true if one of them
/// is expected-no-diagnostics.
static bool readComments(FileId file, uint32_t at, llvm::StringRef rest,
                         Expected &expected) {
  bool saysNone = false;
  bool isBehindOne = false;
  while (!expected.isFull()) {
    size_t start = rest.find(kPrefix);
    if (start == llvm::StringRef::npos)
      break;
    llvm::StringRef before = rest.take_front(start).rtrim();
    rest = rest.drop_front(start + kPrefix.size());
    if (!endsInCommentMark(before) && !(isBehindOne && before.empty())) {
      isBehindOne = false;
      continue;
    }
    isBehindOne = true;
    Expectation each;
    each.file = file;
    each.at = at;
    bool isNone = rest.consume_front("no-diagnostics");
    llvm::StringRef problem = isNone ? "" : readExpectation(rest, each);
    if (problem.empty() && !isEndOfExpectation(rest))
      problem = "only another expectation or comment may follow";
    if (!problem.empty())
      expected.malformed.push_back({file, at, problem.str()});
    else if (!isNone)
      expected.all.push_back(each);
    saysNone |= isNone && problem.empty();
  }
  return saysNone;
}

static void readFile(const Sources &sources, FileId file, Expected &expected) {
  size_t before = expected.all.size();
  uint32_t noneAt = 0;
  llvm::StringRef rest = sources.text(file);
  for (uint32_t at = 1; !rest.empty() && !expected.isFull(); ++at) {
    auto [line, behind] = rest.split('\n');
    if (readComments(file, at, line, expected))
      noneAt = at;
    rest = behind;
  }
  expected.saysNone |= noneAt != 0;
  if (noneAt != 0 && expected.all.size() > before)
    expected.malformed.push_back(
        {file, noneAt, "the file has other expectations too"});
}

/// Policies that import each other have one file read twice.
static bool isAgain(const Sources &sources, uint32_t file) {
  for (uint32_t i = 0; i < file; ++i)
    if (sources.name({i}) == sources.name({file}))
      return true;
  return false;
}

/// Returns true if `diagnostic` may be counted for `each`. Files go by name.
static bool isMeant(const Sources &sources, const Expectation &each,
                    const Diagnostic &diagnostic) {
  std::string subject =
      (code(diagnostic.kind) + ": " + diagnostic.message).str();
  return each.seen < each.count && each.severity == diagnostic.severity &&
         each.line == diagnostic.range.line &&
         (each.line == 0 || sources.name(each.file) ==
                                sources.name(diagnostic.range.file)) &&
         llvm::StringRef(subject).contains(each.text);
}

/// Counts each diagnostic for one expectation; returns those that have none.
static std::vector<const Diagnostic *>
takeExpected(std::vector<Expectation> &all, const Sources &sources,
             const DiagnosticEngine &diags) {
  // Longer texts first: `{{E2003}}` must not take what only `{{E2003: path}}`
  // describes better. A poor choice can only fail a file, never pass one.
  std::vector<Expectation *> byLength;
  for (Expectation &each : all)
    byLength.push_back(&each);
  llvm::stable_sort(byLength, [](const Expectation *a, const Expectation *b) {
    return a->text.size() > b->text.size();
  });
  bool hasRemarks = llvm::any_of(all, [](const Expectation &each) {
    return each.severity == Severity::Remark;
  });
  std::vector<const Diagnostic *> unexpected;
  for (const Diagnostic *diagnostic : diags.sorted()) {
    if (diagnostic->severity == Severity::Remark && !hasRemarks)
      continue;
    auto found = llvm::find_if(byLength, [&](const Expectation *each) {
      return isMeant(sources, *each, *diagnostic);
    });
    if (found == byLength.end())
      unexpected.push_back(diagnostic);
    else
      ++(*found)->seen;
  }
  return unexpected;
}

static void writePlace(llvm::raw_ostream &out, const Sources &sources,
                       FileId file, uint32_t line) {
  if (line == 0)
    out << "<nowhere>:0: ";
  else
    out << shown(sources.name(file), 4096) << ':' << line << ": ";
}

static void writeUnexpected(llvm::raw_ostream &out, const Sources &sources,
                            const Diagnostic &diagnostic) {
  writePlace(out, sources, diagnostic.range.file, diagnostic.range.line);
  out << "seen but not expected: " << spelling(diagnostic.severity) << " {{"
      << code(diagnostic.kind) << ": " << diagnostic.message << "}}\n";
}

static void writeUnseen(llvm::raw_ostream &out, const Sources &sources,
                        const Expectation &each) {
  writePlace(out, sources, each.file, each.line);
  out << "expected but not seen: " << spelling(each.severity) << " {{"
      << shown(each.text, 400) << "}}";
  if (each.count > 1)
    out << ", seen " << each.seen << " of " << each.count << " times";
  if (each.at != each.line)
    out << ", says line " << each.at;
  out << '\n';
}

/// Writes what makes the comparison worthless; returns false if nothing does.
static bool writeMalformed(llvm::raw_ostream &out, const Sources &sources,
                           const Expected &expected) {
  for (const Malformed &each : expected.malformed) {
    writePlace(out, sources, each.file, each.at);
    out << "malformed expectation: " << each.problem << '\n';
  }
  bool isEmpty = expected.all.empty() && !expected.saysNone;
  if (isEmpty && expected.malformed.empty())
    out << "no expectation found; expected-no-diagnostics says that none is "
           "meant\n";
  if (expected.isFull())
    out << "too many expectations; at most " << kMaxExpectations - 1
        << " are read\n";
  return isEmpty || expected.isFull() || !expected.malformed.empty();
}

bool verifyExpectations(llvm::raw_ostream &out, const Sources &sources,
                        const DiagnosticEngine &diags) {
  Expected expected;
  for (uint32_t i = 0; i < sources.count() && !expected.isFull(); ++i)
    if (!isAgain(sources, i))
      readFile(sources, {i}, expected);
  bool isAsExpected = !writeMalformed(out, sources, expected);
  for (const Diagnostic *each : takeExpected(expected.all, sources, diags)) {
    writeUnexpected(out, sources, *each);
    isAsExpected = false;
  }
  for (const Expectation &each : expected.all) {
    if (each.seen == each.count)
      continue;
    writeUnseen(out, sources, each);
    isAsExpected = false;
  }
  if (diags.dropped() == 0)
    return isAsExpected;
  out << diags.dropped() << " more diagnostics than can be verified\n";
  return false;
}

} // namespace srt
