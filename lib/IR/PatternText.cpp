// lib/IR/PatternText.cpp: subjects and names as text, and the way to each kind.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PatternText.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::ir {

static constexpr SubjectPattern kSubjects[] = {
    SubjectPattern::Self, SubjectPattern::Sandbox, SubjectPattern::All};

std::string text(SubjectPattern subject) {
  switch (subject) {
  case SubjectPattern::Self:
    return "self";
  case SubjectPattern::Sandbox:
    return "sandbox";
  case SubjectPattern::All:
    return "all";
  }
  llvm_unreachable("unknown subject");
}

std::optional<SubjectPattern> readSubject(llvm::StringRef text,
                                          TextError &error) {
  for (SubjectPattern subject : kSubjects)
    if (ir::text(subject) == text)
      return subject;
  return TextScan(text, error).fail("`self`, `sandbox` or `all`");
}

std::string text(const NamePattern &name) {
  return text(name.name, GlobPlace::Whole);
}

std::optional<NamePattern> readName(llvm::StringRef text, TextError &error) {
  TextScan scan(text, error);
  std::optional<Glob> glob = readGlob(scan, GlobPlace::Whole);
  if (!glob)
    return std::nullopt;
  if (glob->items.empty())
    return scan.fail("a name");
  NamePattern name{std::move(*glob)};
  if (!isCanonical(scan, ir::text(name)))
    return std::nullopt;
  return name;
}

std::string text(const Pattern &pattern, llvm::ArrayRef<Param> params) {
  switch (resourceOf(pattern)) {
  case Resource::Path:
    return text(std::get<PathPattern>(pattern.value), params);
  case Resource::Command:
    return text(std::get<CommandPattern>(pattern.value), params);
  case Resource::Endpoint:
    return text(std::get<EndpointPattern>(pattern.value), params);
  case Resource::Subject:
    return text(std::get<SubjectPattern>(pattern.value));
  case Resource::Syscall:
    return text(std::get<SyscallPattern>(pattern.value));
  case Resource::Name:
    return text(std::get<NamePattern>(pattern.value));
  }
  llvm_unreachable("unknown resource");
}

namespace {
struct ResourceOf {
  Resource operator()(const PathPattern &) { return Resource::Path; }
  Resource operator()(const CommandPattern &) { return Resource::Command; }
  Resource operator()(const EndpointPattern &) { return Resource::Endpoint; }
  Resource operator()(const SubjectPattern &) { return Resource::Subject; }
  Resource operator()(const SyscallPattern &) { return Resource::Syscall; }
  Resource operator()(const NamePattern &) { return Resource::Name; }
};
} // namespace

Resource resourceOf(const Pattern &pattern) {
  return std::visit(ResourceOf{}, pattern.value);
}

/// A pattern around what a reader of one kind returned.
template <typename T>
static std::optional<Pattern> wrapped(std::optional<T> value) {
  if (!value)
    return std::nullopt;
  return Pattern{std::move(*value), {}};
}

std::optional<Pattern> readPattern(Resource resource, llvm::StringRef text,
                                   llvm::ArrayRef<Param> params,
                                   TextError &error) {
  switch (resource) {
  case Resource::Path:
    return wrapped(readPath(text, params, error));
  case Resource::Command:
    return wrapped(readCommand(text, params, error));
  case Resource::Endpoint:
    return wrapped(readEndpoint(text, params, error));
  case Resource::Subject:
    return wrapped(readSubject(text, error));
  case Resource::Syscall:
    return wrapped(readSyscall(text, error));
  case Resource::Name:
    return wrapped(readName(text, error));
  }
  llvm_unreachable("unknown resource");
}

} // namespace srt::ir
