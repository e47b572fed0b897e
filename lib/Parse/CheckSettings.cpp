// lib/Parse/CheckSettings.cpp: environment variables and limits.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Checks.h"
#include "lib/Parse/Chars.h"

#include "lib/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace srt {

/// Says what is wrong with the name of a variable, or nothing.
static llvm::StringRef envProblem(llvm::StringRef name, bool mayEndInStar) {
  if (mayEndInStar && name == "*")
    return {};
  if (mayEndInStar)
    name.consume_back("*");
  if (name.empty())
    return "it is empty";
  if (name.contains('*'))
    return mayEndInStar ? "`*` may only stand at the end"
                        : "a variable that is set has one name";
  if (name.contains('='))
    return "a name has no `=` in it";
  return {};
}

void checkEnv(const syntax::EnvRule &written, Scope &scope,
              ir::Policy &policy) {
  bool mayEndInStar = written.kind != ir::EnvRule::Kind::Set;
  for (const syntax::Literal &literal : written.names) {
    ir::EnvRule rule{written.kind, ir::Rule::Origin::Written,
                     unescaped(literal.text), {}, literal.range};
    llvm::StringRef problem = envProblem(rule.name, mayEndInStar);
    if (!problem.empty()) {
      scope.diags.report(literal.range, diag::EnvName, shown(literal.text),
                         problem);
      continue;
    }
    if (written.value)
      rule.value = unescaped(written.value->text);
    policy.env.push_back(std::move(rule));
  }
}

void checkSetOnce(const ir::Policy &policy, DiagnosticEngine &diags) {
  llvm::StringSet<> set;
  for (const ir::EnvRule &rule : policy.env)
    if (rule.kind == ir::EnvRule::Kind::Set && !set.insert(rule.name).second)
      diags.report(rule.range, diag::DuplicateEnv, shown(rule.name));
}

namespace {
struct LimitRow {
  ir::Limit::Kind kind;
  llvm::StringLiteral spelling;
  Unit unit;
  uint64_t ceiling;
};

const LimitRow kLimits[] = {
#define SRT_LIMIT(id, spelling, unit, resource, ceiling)                       \
  {ir::Limit::Kind::id, spelling, Unit::unit, ceiling},
#include "lib/IR/Limits.def"
};

struct Suffix {
  Unit unit;
  llvm::StringLiteral spelling;
  uint64_t factor;
};

const Suffix kSuffixes[] = {
    {Unit::Size, "B", 1},
    {Unit::Size, "KiB", uint64_t(1) << 10},
    {Unit::Size, "MiB", uint64_t(1) << 20},
    {Unit::Size, "GiB", uint64_t(1) << 30},
    {Unit::Size, "TiB", uint64_t(1) << 40},
    {Unit::Duration, "s", 1},
    {Unit::Duration, "min", 60},
    {Unit::Duration, "h", 3600},
    {Unit::Count, "", 1},
};
} // namespace

static llvm::StringRef unitHelp(Unit unit) {
  switch (unit) {
  case Unit::Size:
    return "a size is a number with B, KiB, MiB, GiB or TiB";
  case Unit::Count:
    return "a count is a plain number";
  case Unit::Duration:
    return "a duration is a number with s, min or h";
  }
  return {};
}

static const Suffix *suffixOf(Unit unit, llvm::StringRef spelling) {
  for (const Suffix &suffix : kSuffixes)
    if (suffix.unit == unit && suffix.spelling == spelling)
      return &suffix;
  return nullptr;
}

/// The value of `text` from `least` to `most`, or nothing and a reason.
static std::optional<uint64_t> readWithin(Unit unit, uint64_t least,
                                          uint64_t most, llvm::StringRef text,
                                          std::string &why) {
  why = unitHelp(unit).str();
  llvm::StringRef digits = text.take_while(llvm::isDigit);
  uint64_t number = 0;
  if (!digits.empty() && digits.getAsInteger(10, number))
    why = "it is far too large";
  if (digits.empty() || digits.getAsInteger(10, number))
    return std::nullopt;
  const Suffix *suffix = suffixOf(unit, text.substr(digits.size()));
  if (!suffix)
    return std::nullopt;
  if (number >= least && number <= most / suffix->factor)
    return number * suffix->factor;
  why = "it must lie between " + std::to_string(least) + " and " +
        std::to_string(most / suffix->factor) + suffix->spelling.str();
  return std::nullopt;
}

std::optional<uint64_t> readAmount(Unit unit, llvm::StringRef text,
                                   std::string &why) {
  return readWithin(unit, 0, UINT64_MAX, text, why);
}

static std::optional<uint64_t> readValue(const LimitRow &row,
                                         llvm::StringRef text,
                                         std::string &why) {
  // No core file at all is worth saying; none of the others may be zero.
  uint64_t least = row.kind == ir::Limit::Kind::Core ? 0 : 1;
  return readWithin(row.unit, least, row.ceiling, text, why);
}

static void reportValue(const LimitRow &row, const syntax::Literal &value,
                        llvm::StringRef why, DiagnosticEngine &diags) {
  diags.report(value.range, diag::LimitValue, shown(value.text), row.spelling,
               why);
}

/// The amount that is written, or that the param in its place has.
static std::optional<syntax::Literal>
amountOf(const LimitRow &row, const syntax::Literal &value, Scope &scope) {
  if (value.kind != syntax::Literal::Kind::Text)
    return value;
  if (!llvm::StringRef(value.text).starts_with("${")) {
    reportValue(row, value, "only a param stands in quotes here", scope.diags);
    return std::nullopt;
  }
  switch (row.unit) {
  case Unit::Size:
    return scope.expand(value, ParamType::Size);
  case Unit::Duration:
    return scope.expand(value, ParamType::Duration);
  case Unit::Count:
    break;
  }
  reportValue(row, value, "a count is a plain number, no param", scope.diags);
  return std::nullopt;
}

static void reportLimit(const syntax::Word &name, DiagnosticEngine &diags) {
  std::vector<llvm::StringRef> names;
  for (const LimitRow &row : kLimits)
    names.push_back(row.spelling);
  Diagnostic &error =
      diags.report(name.range, diag::UnknownLimit, shown(name.text));
  if (std::optional<llvm::StringRef> near = nearest(name.text, names))
    error.hint("did you mean `" + near->str() + "`").fix(name.range, near->str());
  else
    error.hint("the limits are " + llvm::join(names, ", "));
}

void checkLimit(const syntax::LimitItem &written, Scope &scope,
                ir::Policy &policy) {
  auto *row = llvm::find_if(kLimits, [&](const LimitRow &candidate) {
    return candidate.spelling == written.name.text;
  });
  if (row == std::end(kLimits))
    return reportLimit(written.name, scope.diags);
  for (const ir::Limit &limit : policy.limits)
    if (limit.kind == row->kind) {
      scope.diags
          .report(written.name.range, diag::DuplicateLimit, row->spelling)
          .note(limit.range, "set here first");
      return;
    }
  std::string why;
  std::optional<syntax::Literal> amount = amountOf(*row, written.value, scope);
  if (!amount)
    return;
  std::optional<uint64_t> value = readValue(*row, amount->text, why);
  if (!value)
    return reportValue(*row, *amount, why, scope.diags);
  policy.limits.push_back({row->kind, *value, written.range});
}

} // namespace srt
