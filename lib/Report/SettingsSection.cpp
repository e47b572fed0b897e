// lib/Report/SettingsSection.cpp: environment and limits.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::report {

namespace {
enum class Unit : uint8_t { Size, Count, Duration };
} // namespace

static Unit unitOf(ir::Limit::Kind kind) {
  switch (kind) {
#define SRT_LIMIT(id, spelling, unit, ...)                                     \
  case ir::Limit::Kind::id:                                                    \
    return Unit::unit;
#include "lib/IR/Limits.def"
  }
  llvm_unreachable("unknown limit");
}

/// "4 GiB", where that says the same as the bytes.
static std::string sizeText(uint64_t bytes) {
  constexpr llvm::StringLiteral kUnits[] = {"bytes", "KiB", "MiB", "GiB",
                                            "TiB"};
  size_t unit = 0;
  while (unit + 1 < std::size(kUnits) && bytes != 0 && bytes % 1024 == 0) {
    bytes /= 1024;
    ++unit;
  }
  return std::to_string(bytes) + " " + kUnits[unit].str();
}

static std::string valueText(const ir::Limit &limit) {
  switch (unitOf(limit.kind)) {
  case Unit::Size:
    return sizeText(limit.value);
  case Unit::Count:
    return std::to_string(limit.value);
  case Unit::Duration:
    return counted(limit.value, "second", "seconds");
  }
  llvm_unreachable("unknown unit");
}

static Tone toneOf(ir::EnvRule::Kind kind) {
  switch (kind) {
  case ir::EnvRule::Kind::Pass:
  case ir::EnvRule::Kind::Set:
    return Tone::Allowed;
  case ir::EnvRule::Kind::Unset:
    return Tone::Denied;
  }
  llvm_unreachable("unknown kind");
}

static std::string textOf(const ir::EnvRule &env) {
  switch (env.kind) {
  case ir::EnvRule::Kind::Pass:
    return env.name;
  case ir::EnvRule::Kind::Set:
    return env.name + "=" + env.value;
  case ir::EnvRule::Kind::Unset:
    return env.name;
  }
  llvm_unreachable("unknown kind");
}

static void writeEnvironment(Page &page) {
  const std::vector<ir::EnvRule> &env = page.facts.now.policy.env;
  size_t told = std::min(env.size(), kMaxListed);
  page.html.element("ul", {{"class", "chips big"}}, [&] {
    for (size_t i = 0; i < told; ++i)
      page.html.element("li", {}, [&] {
        page.verdict(toneOf(env[i].kind), textOf(env[i]));
        page.html.text(" ");
        page.place(env[i].range);
      });
  });
  page.leftOut(env.size() - told, "statements");
  page.html.element("p", {{"class", "note"}},
                    "Variables that are not named are not passed on.");
}

void writeSettings(Page &page) {
  Html &html = page.html;
  const ir::Policy &policy = page.facts.now.policy;
  html.element("h3", {}, "Environment");
  writeEnvironment(page);
  html.element("h3", {}, "Limits of each process");
  if (policy.limits.empty()) {
    html.element("p", {{"class", "note"}}, "There are none.");
    return;
  }
  html.element("ul", {{"class", "chips big"}}, [&] {
    for (const ir::Limit &limit : policy.limits)
      html.element("li", {}, [&] {
        html.element("code", {}, ir::spelling(limit.kind));
        html.text(" " + valueText(limit) + " ");
        page.place(limit.range);
      });
  });
}

} // namespace srt::report
