// lib/Driver/EventStatement.cpp: events in the words of the language.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/EventStatement.h"

#include "lib/Analysis/Clauses.h"
#include "lib/IR/PatternText.h"
#include "lib/Sim/EventText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt {

/// The path behind the param that leads furthest towards it.
static std::string pathText(const ir::Policy &policy,
                            const sim::Bindings &bindings,
                            const std::string &path, ir::GlobPlace place) {
  std::string base;
  size_t taken = 0;
  for (size_t i = 0; i < policy.params.size(); ++i) {
    llvm::StringRef rest = path, value = bindings.params[i];
    if (value == "/" || value.size() <= taken || !rest.consume_front(value) ||
        !(rest.empty() || rest.starts_with("/")))
      continue;
    base = "${" + policy.params[i].name + "}";
    taken = value.size();
  }
  std::string text = base;
  for (const std::string &component : sim::componentsOf(path.substr(taken)))
    text += "/" + ir::literalText(component, place);
  return text.empty() ? "/" : text;
}

/// What stands between the quotes of a statement on the event.
static std::string patternText(const ir::Policy &policy,
                               const sim::Bindings &bindings,
                               const sim::Event &event) {
  using ir::GlobPlace;
  if (auto *command = std::get_if<sim::Command>(&event.resource)) {
    std::string text =
        pathText(policy, bindings, command->path, GlobPlace::CommandSegment);
    for (const std::string &word : command->arguments)
      text += " " + (word.empty() ? std::string("\\e")
                                  : ir::literalText(word, GlobPlace::Word));
    return text;
  }
  auto *name = std::get_if<sim::Name>(&event.resource);
  if (name && ir::resource(event.action) == ir::Resource::Path)
    return pathText(policy, bindings, name->text, GlobPlace::Segment);
  if (name)
    return ir::literalText(name->text, GlobPlace::Whole);
  if (auto *call = std::get_if<sim::SyscallCall>(&event.resource))
    return call->name;
  auto *endpoint = std::get_if<sim::Endpoint>(&event.resource);
  if (endpoint && !endpoint->path.empty())
    return "unix:" +
           pathText(policy, bindings, endpoint->path, GlobPlace::Segment);
  // The row of a verdict table behind its action; NAME=ADDRESS is about the
  // name.
  std::string text = sim::eventText(event);
  llvm::StringRef row = llvm::StringRef(text).split(' ').second;
  auto [host, address] = row.split('=');
  return address.empty() ? row.str()
                         : host.str() + ":" + address.rsplit(':').second.str();
}

static std::string quotedUnlessSubject(const sim::Event &event,
                                       const std::string &text) {
  return std::holds_alternative<ir::SubjectPattern>(event.resource)
             ? text
             : "\"" + text + "\"";
}

std::string statementFor(const ir::Policy &policy,
                         const sim::Bindings &bindings, ir::Effect effect,
                         const sim::Event &event) {
  return ir::spelling(effect).str() + " " + ir::spelling(event.action).str() +
         " " + quotedUnlessSubject(event, patternText(policy, bindings, event)) +
         ";";
}

std::string statementWithout(const ir::Policy &policy,
                             const sim::Bindings &bindings,
                             const ir::Rule &rule, const sim::Event &event) {
  std::vector<std::string> patterns, excepts;
  auto quotedText = [&](const ir::Pattern &pattern) {
    return quotedUnlessSubject(event, ir::text(pattern, policy.params));
  };
  std::string own =
      quotedUnlessSubject(event, patternText(policy, bindings, event));
  for (const ir::Pattern &pattern : rule.patterns)
    if (quotedText(pattern) != own)
      patterns.push_back(quotedText(pattern));
  for (const ir::Pattern &except : rule.excepts)
    excepts.push_back(quotedText(except));
  std::string text = ir::spelling(rule.effect).str();
  for (ir::ActionId action : rule.actions)
    text += (action == rule.actions.front() ? " " : ", ") +
            ir::spelling(action).str();
  if (patterns.empty())
    return "without `" + text + " " + own + ";`";
  excepts.push_back(own);
  return text + " " + llvm::join(patterns, ", ") + " except " +
         llvm::join(excepts, ", ") + ";";
}

/// Components that the literal beginning of a pattern shares with a path.
static size_t sharedComponents(const ir::PathPattern &pattern,
                               const sim::Bindings &bindings,
                               const std::string &path) {
  std::vector<std::string> own;
  if (pattern.base)
    own = sim::componentsOf(bindings.params[pattern.base->value]);
  for (const ir::Segment &segment : pattern.segments) {
    if (segment.kind != ir::Segment::Kind::Name || !segment.name.isLiteral())
      break;
    own.push_back(segment.name.literal());
  }
  std::vector<std::string> components = sim::componentsOf(path);
  size_t most = std::min(own.size(), components.size());
  return std::mismatch(own.begin(), own.begin() + most, components.begin())
             .first -
         own.begin();
}

static size_t likenessOf(const ir::Pattern &pattern,
                         const sim::Bindings &bindings,
                         const sim::Event &event) {
  const ir::PathPattern *path = pathOf(pattern);
  auto *name = std::get_if<sim::Name>(&event.resource);
  auto *command = std::get_if<sim::Command>(&event.resource);
  auto *endpoint = std::get_if<sim::Endpoint>(&event.resource);
  auto *call = std::get_if<sim::SyscallCall>(&event.resource);
  if (path && name)
    return sharedComponents(*path, bindings, name->text);
  if (path && command)
    return sharedComponents(*path, bindings, command->path);
  if (path && endpoint)
    return sharedComponents(*path, bindings, endpoint->path);
  if (command) {
    auto *wanted = std::get_if<ir::CommandPattern>(&pattern.value);
    auto *bare = std::get_if<std::string>(&wanted->program);
    return bare && llvm::StringRef(command->path).ends_with("/" + *bare);
  }
  if (auto *wanted = std::get_if<ir::EndpointPattern>(&pattern.value))
    return endpoint && wanted->transport == endpoint->transport &&
           (wanted->host.name == endpoint->name ||
            llvm::any_of(wanted->ports, [&](ir::PortRange range) {
              return range.first <= endpoint->port &&
                     endpoint->port <= range.last && range.first == range.last;
            }));
  auto *wanted = std::get_if<ir::SyscallPattern>(&pattern.value);
  return wanted && call && wanted->name == call->name;
}

size_t likeness(const ir::Policy &, const sim::Bindings &bindings,
                const ir::Rule &rule, const sim::Event &event) {
  size_t best = 0;
  for (const ir::Pattern &pattern : rule.patterns)
    best = std::max(best, likenessOf(pattern, bindings, event));
  return best;
}

} // namespace srt
