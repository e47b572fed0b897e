// lib/Report/Examples.cpp: wildcards filled with something that they match.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Examples.h"

#include "lib/Analysis/Samples.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::report {

void Examples::collect(const ir::Pattern &pattern,
                       std::set<std::string> &names) const {
  const ir::PathPattern *path = pathOf(pattern);
  if (!path)
    return;
  for (const ir::Segment &segment : path->segments)
    if (segment.kind == ir::Segment::Kind::Name && segment.name.isLiteral())
      names.insert(segment.name.literal());
}

Examples::Examples(llvm::ArrayRef<const Subject *> subjects) {
  std::set<std::string> names;
  for (const Subject *subject : subjects)
    for (const ir::Rule &rule : subject->policy.rules) {
      for (const ir::Pattern &pattern : rule.patterns)
        collect(pattern, names);
      for (const ir::Pattern &except : rule.excepts)
        collect(except, names);
    }
  auto isTaken = [&](const std::string &name) {
    return name.find(filler) != std::string::npos;
  };
  // A policy that has all of these in its names gets an example by chance.
  constexpr size_t kLongest = 32;
  while (filler.size() < kLongest && llvm::any_of(names, isTaken))
    filler += "y";
}

std::string Examples::of(const ir::Glob &glob) const {
  return sampleOf(glob, filler);
}

std::string Examples::of(const ir::Segment &segment) const {
  return segment.kind == ir::Segment::Kind::AnyDepth ? "" : of(segment.name);
}

std::string joinedPath(llvm::StringRef base, llvm::StringRef component) {
  if (component.empty())
    return base.str();
  return (base == "/" ? "" : base.str()) + "/" + component.str();
}

std::string Examples::of(const ir::PathPattern &path,
                         const sim::Bindings &bindings) const {
  std::string text = path.base ? bindings.params[path.base->value] : "/";
  for (const ir::Segment &segment : path.segments)
    text = joinedPath(text, of(segment));
  return text;
}

/// A public address (RFC 5737): what most hosts are.
static constexpr std::array<uint8_t, 16> kSomewhere = {203, 0, 113, 7};

static void addHost(const ir::HostPattern &host, const std::string &filler,
                    sim::Endpoint &endpoint) {
  switch (host.kind) {
  case ir::HostPattern::Kind::Any:
    endpoint.address = sim::Address{false, kSomewhere};
    return;
  case ir::HostPattern::Kind::Name:
    endpoint.name = host.name;
    return;
  case ir::HostPattern::Kind::Suffix:
    endpoint.name = filler + "." + host.name;
    return;
  case ir::HostPattern::Kind::Address:
    endpoint.address = sim::Address{host.isV6, host.address};
    return;
  }
  llvm_unreachable("unknown host pattern");
}

static sim::Endpoint endpointOf(const ir::EndpointPattern &pattern,
                                const Examples &examples,
                                const sim::Bindings &bindings,
                                const std::string &filler) {
  sim::Endpoint endpoint;
  endpoint.transport = pattern.transport;
  if (pattern.path)
    endpoint.path = examples.of(*pattern.path, bindings);
  else if (pattern.abstract)
    endpoint.abstract = examples.of(*pattern.abstract);
  else
    addHost(pattern.host, filler, endpoint);
  if (!pattern.ports.empty())
    endpoint.port = pattern.ports.front().first;
  return endpoint;
}

static sim::Command commandOf(const ir::CommandPattern &pattern,
                              const Examples &examples,
                              const sim::Bindings &bindings) {
  sim::Command command;
  if (auto *name = std::get_if<std::string>(&pattern.program))
    command.path = "/usr/bin/" + *name;
  else
    command.path =
        examples.of(std::get<ir::PathPattern>(pattern.program), bindings);
  if (pattern.words)
    for (const ir::Glob &word : *pattern.words)
      command.arguments.push_back(examples.of(word));
  return command;
}

static sim::SyscallCall callOf(const ir::SyscallPattern &pattern) {
  sim::SyscallCall call;
  call.name = pattern.kind == ir::SyscallPattern::Kind::Name ? pattern.name
                                                             : "read";
  for (const ir::ArgTest &test : pattern.tests)
    call.args[test.index] = test.operand;
  return call;
}

sim::Event Examples::of(ir::ActionId leaf, const ir::Pattern &pattern,
                        const sim::Bindings &bindings) const {
  auto resource = std::visit(
      [&](const auto &value) -> decltype(sim::Event::resource) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, ir::PathPattern>)
          return sim::Name{of(value, bindings)};
        else if constexpr (std::is_same_v<Value, ir::CommandPattern>)
          return commandOf(value, *this, bindings);
        else if constexpr (std::is_same_v<Value, ir::EndpointPattern>)
          return endpointOf(value, *this, bindings, filler);
        else if constexpr (std::is_same_v<Value, ir::SubjectPattern>)
          return value;
        else if constexpr (std::is_same_v<Value, ir::SyscallPattern>)
          return callOf(value);
        else
          return sim::Name{of(value.name)};
      },
      pattern.value);
  return {leaf, std::move(resource)};
}

} // namespace srt::report
