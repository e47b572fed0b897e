// lib/Parse/Chars.cpp: escapes, params and alternatives in quoted texts.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Chars.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt {

void reportGlob(const syntax::Literal &literal, SourceRange range,
                llvm::StringRef what, Scope &scope) {
  scope.diags.report(range, diag::GlobSyntax, shown(literal.text), what);
}

SourceRange rangeOf(const syntax::Literal &literal, const Chars &chars,
                    size_t begin, size_t end) {
  size_t size = literal.text.size();
  size_t first = begin < chars.size() ? chars[begin].at : size;
  size_t last = end > begin && end <= chars.size() ? chars[end - 1].at + 1 : first;
  return literal.part(first, std::max(first, last));
}

namespace {
/// Walks over a literal's text and builds its chars.
class Speller {
public:
  Speller(const syntax::Literal &literal, Base base, Scope &scope)
      : literal(literal), base(base), scope(scope), text(literal.text) {}

  std::optional<Spelled> spell();

private:
  bool takeParam();
  bool putParam(llvm::StringRef name, SourceRange at);
  void put(uint8_t byte, Char::Role role) {
    out.chars.push_back({byte, role, uint32_t(at)});
  }

  const syntax::Literal &literal;
  Base base;
  Scope &scope;
  llvm::StringRef text;
  size_t at = 0;
  Spelled out;
};
} // namespace

/// What belongs where the param stands.
static llvm::StringRef wantedAt(Base base, bool isStart) {
  if (base == Base::Allowed)
    return isStart ? "a param of type path or name" : "a param of type name";
  return "a param of type host, port or name";
}

/// The types whose values are texts that may stand within other texts.
static bool isPart(ParamType type) {
  switch (type) {
  case ParamType::Host:
  case ParamType::Port:
  case ParamType::Name:
    return true;
  case ParamType::Path:
  case ParamType::Endpoint:
  case ParamType::Command:
  case ParamType::Syscall:
  case ParamType::Size:
  case ParamType::Duration:
    return false;
  }
  llvm_unreachable("unknown type");
}

bool Speller::putParam(llvm::StringRef name, SourceRange where) {
  ScopedParam *param = scope.use(name, where);
  if (!param || param->isBroken)
    return false; // reported here, or where it was declared
  if (isPart(param->type)) {
    out.uses.push_back({name.str(), param->type, where, out.chars.size()});
    for (char c : param->text)
      put(uint8_t(c), Char::Role::Plain);
    return true;
  }
  bool isPath = param->type == ParamType::Path;
  if (isPath && base == Base::Allowed && at == 0) {
    out.base = param->id;
    return true;
  }
  Diagnostic &error =
      scope.reportType(name, param->type, wantedAt(base, at == 0), where);
  if (isPath && base == Base::Allowed)
    error.hint("a param of type path may only stand at the start of a path");
  else if (param->type == ParamType::Endpoint ||
           param->type == ParamType::Command)
    error.hint("a param of type " + spelling(param->type).str() +
               " stands where " + described(param->type).str() +
               " may stand, with nothing before it");
  return false;
}

/// At `${`: reads the name and puts the param's value.
bool Speller::takeParam() {
  size_t close = text.find('}', at);
  if (close == llvm::StringRef::npos) {
    reportGlob(literal, literal.part(at, at + 2), "`${` has no closing `}`",
               scope);
    return false;
  }
  if (!putParam(text.slice(at + 2, close), literal.part(at, close + 1)))
    return false;
  at = close + 1;
  return true;
}

std::optional<Spelled> Speller::spell() {
  while (at < text.size()) {
    if (text.substr(at).starts_with("${")) {
      if (!takeParam())
        return std::nullopt;
      continue;
    }
    if (text[at] == '\\') {
      // The grammar lets no text end in a lone backslash.
      put(uint8_t(text[at + 1]), Char::Role::Plain);
      at += 2;
      continue;
    }
    put(uint8_t(text[at]), Char::Role::Active);
    ++at;
  }
  return std::move(out);
}

std::optional<Spelled> spell(const syntax::Literal &literal, Base base,
                             Scope &scope) {
  return Speller(literal, base, scope).spell();
}

std::string unescaped(llvm::StringRef text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    i += text[i] == '\\' && i + 1 < text.size();
    out += text[i];
  }
  return out;
}

std::string plainText(const Chars &chars) {
  std::string text;
  for (const Char &c : chars)
    text += char(c.byte);
  return text;
}

/// What one text may grow to, in chars, while its alternatives are written out.
static constexpr size_t kMaxExpandedSize = size_t(1) << 20;

namespace {
/// The first `{...}` of a text: where it opens, closes, and its commas.
struct Braces {
  size_t open = 0;
  size_t close = 0;
  std::vector<size_t> commas;
};
} // namespace

/// Finds the first group of alternatives; nothing if there is none. Sets
/// `problem` to the place of a brace without a partner.
static std::optional<Braces> findBraces(const Chars &chars,
                                        std::optional<size_t> &problem) {
  Braces found;
  unsigned depth = 0;
  bool inClass = false;
  for (size_t i = 0; i < chars.size(); ++i) {
    inClass = inClass ? !chars[i].is(']') : chars[i].is('[');
    if (inClass)
      continue;
    if (chars[i].is('{') && depth++ == 0)
      found.open = i;
    if (chars[i].is(',') && depth == 1)
      found.commas.push_back(i);
    if (!chars[i].is('}'))
      continue;
    if (depth == 0) {
      problem = i;
      return std::nullopt;
    }
    if (--depth == 0) {
      found.close = i;
      return found;
    }
  }
  if (depth > 0)
    problem = found.open;
  return std::nullopt;
}

/// Appends to `out` the text with each alternative in the place of the braces.
static void substitute(const Chars &chars, const Braces &braces,
                       std::vector<Chars> &out) {
  size_t begin = braces.open + 1;
  for (size_t i = 0; i <= braces.commas.size(); ++i) {
    size_t end = i < braces.commas.size() ? braces.commas[i] : braces.close;
    Chars whole(chars.begin(), chars.begin() + braces.open);
    whole.insert(whole.end(), chars.begin() + begin, chars.begin() + end);
    whole.insert(whole.end(), chars.begin() + braces.close + 1, chars.end());
    out.push_back(std::move(whole));
    begin = end + 1;
  }
}

namespace {
enum class Step : uint8_t { Done, Expanded, Failed };
} // namespace

/// True if writing out the group stays within the bounds.
static bool isAffordable(const Chars &chars, const Braces &braces) {
  size_t alternatives = braces.commas.size() + 1;
  size_t inside = braces.close - braces.open;
  size_t outside = chars.size() - inside;
  return alternatives <= kMaxAlternatives &&
         alternatives * outside + inside <= kMaxExpandedSize;
}

static void reportTooMany(const syntax::Literal &literal, Scope &scope) {
  scope.diags.report(literal.range, diag::TooManyAlternatives,
                     shown(literal.text), kMaxAlternatives);
}

/// Expands the first group of `chars` into `out`.
static Step expandOnce(const syntax::Literal &literal, const Chars &chars,
                       std::vector<Chars> &out, Scope &scope) {
  std::optional<size_t> problem;
  std::optional<Braces> braces = findBraces(chars, problem);
  if (problem) {
    reportGlob(literal, rangeOf(literal, chars, *problem, *problem + 1),
               "brace has no partner; write `\\` before one that is meant",
               scope);
    return Step::Failed;
  }
  if (!braces)
    return Step::Done;
  if (braces->commas.empty()) {
    reportGlob(literal, rangeOf(literal, chars, braces->open, braces->close + 1),
               "braces hold alternatives with commas between them", scope);
    return Step::Failed;
  }
  if (!isAffordable(chars, *braces)) {
    reportTooMany(literal, scope);
    return Step::Failed;
  }
  substitute(chars, *braces, out);
  return Step::Expanded;
}

std::optional<std::vector<Chars>>
expandAlternatives(const syntax::Literal &literal, Chars chars, Scope &scope) {
  // A stack that yields the alternatives in the order in which they stand.
  std::vector<Chars> waiting{std::move(chars)};
  std::vector<Chars> done;
  size_t size = 0; // chars made so far
  while (!waiting.empty()) {
    Chars next = std::move(waiting.back());
    waiting.pop_back();
    std::vector<Chars> parts;
    switch (expandOnce(literal, next, parts, scope)) {
    case Step::Failed:
      return std::nullopt;
    case Step::Done:
      done.push_back(std::move(next));
      break;
    case Step::Expanded:
      for (const Chars &part : parts)
        size += part.size();
      waiting.insert(waiting.end(), std::make_move_iterator(parts.rbegin()),
                     std::make_move_iterator(parts.rend()));
      break;
    }
    if (done.size() + waiting.size() > kMaxAlternatives ||
        size > kMaxExpandedSize) {
      reportTooMany(literal, scope);
      return std::nullopt;
    }
  }
  return done;
}

} // namespace srt
