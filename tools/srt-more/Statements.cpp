// tools/srt-more/Statements.cpp: places and endpoints in the words of the language.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Learned.h"

#include "lib/IR/GlobText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::command {

/// The components as a pattern; a word that ends where `place` says.
static std::string literalPath(llvm::StringRef path, ir::GlobPlace place) {
  llvm::SmallVector<llvm::StringRef, 16> components;
  path.split(components, '/', -1, /*KeepEmpty=*/false);
  std::string text;
  for (llvm::StringRef component : components)
    text += "/" + ir::literalText(component, place);
  return text;
}

/// "./src", "~/.cache/x" or "/etc/hosts": by what is nearest.
static std::string spelled(const std::string &path, const Surroundings &around,
                           ir::GlobPlace place = ir::GlobPlace::Segment) {
  auto below = [&](const std::string &base, llvm::StringRef &rest) {
    rest = path;
    return base.size() > 1 && rest.consume_front(base) &&
           (rest.empty() || rest.starts_with("/"));
  };
  llvm::StringRef inProject, inHome;
  bool isProject = below(around.project, inProject);
  bool isHome = below(around.home, inHome);
  bool isNearer = around.project.size() >= around.home.size();
  if (isProject && (isNearer || !isHome))
    return inProject.empty() ? "./" : "." + literalPath(inProject, place);
  if (isHome)
    return inHome.empty() ? "~/" : "~" + literalPath(inHome, place);
  std::string text = literalPath(path, place);
  return text.empty() ? "/" : text;
}

/// `allow ACTIONS "a", "b";`, broken where a line gets long.
static std::string joined(const std::string &head,
                          const std::vector<std::string> &patterns) {
  constexpr size_t kLine = 96;
  std::string text = head;
  size_t begin = 0;
  for (size_t i = 0; i < patterns.size(); ++i) {
    std::string quoted = " \"" + patterns[i] + "\"" +
                         (i + 1 < patterns.size() ? "," : ";");
    if (i != 0 && text.size() - begin + quoted.size() > kLine) {
      text += "\n  ";
      begin = text.size() - 2;
      text += std::string(head.size(), ' ');
    }
    text += quoted;
  }
  return text;
}

/// The bare name by which PATH leads to a program, or its path.
static std::string programText(const std::string &path,
                               const Programs &programs,
                               const Surroundings &around) {
  auto known = programs.find(path);
  if (known != programs.end() && !known->second.empty())
    return ir::literalText(known->second.front(), ir::GlobPlace::CommandSegment);
  return spelled(path, around, ir::GlobPlace::CommandSegment);
}

/// The project first, then the home, then the rest, which begins with a slash;
/// names of programs are among the first.
static bool isBefore(const std::string &one, const std::string &other) {
  auto rank = [](const std::string &text) {
    return text[0] == '/' ? 2 : text[0] == '~' ? 1 : 0;
  };
  return std::pair(rank(one), one) < std::pair(rank(other), other);
}

static Statement statementOf(Kind kind, const std::vector<Place> &places,
                             const Programs &programs,
                             const Surroundings &around) {
  Statement statement;
  std::vector<std::string> patterns;
  for (const Place &place : places) {
    patterns.push_back(kind == Kind::Run
                           ? programText(place.path, programs, around)
                           : spelled(place.path, around));
    statement.accesses.insert(statement.accesses.end(), place.accesses.begin(),
                              place.accesses.end());
  }
  llvm::sort(patterns, isBefore);
  patterns.erase(llvm::unique(patterns), patterns.end());
  statement.text = joined(std::string("allow ") + actionsOf(kind), patterns);
  return statement;
}

/// A folder that is too wide to be granted: its own names, and nothing in it.
static Statement listOf(const Place &place, const Surroundings &around) {
  std::string path = spelled(place.path, around);
  std::string inner = path.back() == '/' ? path + "*" : path + "/*";
  return {"allow read.list \"" + path + "\" except \"" + inner + "\";",
          place.accesses};
}

/// Ports that the kernel gives out by itself, by default:
/// net.ipv4.ip_local_port_range, Documentation/networking/ip-sysctl.rst (v6.12).
static constexpr unsigned kFirstFree = 32768, kLastFree = 60999;

/// What an access to an endpoint is in a rule.
static std::string endpointText(const Access &access, const sim::Event &event,
                                const Surroundings &around) {
  const auto &endpoint = std::get<sim::Endpoint>(event.resource);
  if (!endpoint.path.empty())
    return "unix:" + spelled(endpoint.path, around);
  if (endpoint.transport == ir::Transport::Unix)
    return "unix:@" + ir::literalText(endpoint.abstract, ir::GlobPlace::Whole);
  llvm::StringRef place = llvm::StringRef(access.what).split(" (").first;
  auto [host, port] = place.rsplit(':');
  bool isOwn = host.ends_with("127.0.0.1") || host.ends_with("[::1]");
  bool isFree = endpoint.port >= kFirstFree && endpoint.port <= kLastFree;
  // Somebody listens there who was given the port by the kernel; another next
  // time.
  if (isOwn && isFree && access.action != "bind")
    return host.str() + ":" + std::to_string(kFirstFree) + "-" +
           std::to_string(kLastFree);
  return place.str();
}

/// One statement for each of connect, bind and send.
static void addEndpoints(const std::vector<Access> &accesses,
                         const Surroundings &around,
                         std::vector<Statement> &out) {
  for (const char *action : {"connect", "send", "bind"}) {
    std::set<std::string> patterns;
    Statement statement;
    for (const Access &access : accesses) {
      std::optional<sim::Event> event =
          eventOf(access.action, access.what, access.about);
      if (!event || access.action != action)
        continue;
      patterns.insert(endpointText(access, *event, around));
      statement.accesses.push_back(access);
    }
    if (patterns.empty())
      continue;
    statement.text = joined(std::string("allow ") + action,
                            {patterns.begin(), patterns.end()});
    out.push_back(std::move(statement));
  }
}

std::vector<Statement> statementsFor(const std::vector<Access> &accesses,
                                     const std::vector<Access> &all,
                                     const Programs &programs, const Job &job) {
  Surroundings around = surroundingsOf(job);
  std::vector<Statement> out;
  for (auto &[kind, places] : placesOf(accesses, all, around)) {
    std::vector<Place> rest;
    for (const Place &place : places) {
      if (kind == Kind::List && isTooWide(place.path, around))
        out.push_back(listOf(place, around));
      else
        rest.push_back(place);
    }
    if (!rest.empty())
      out.push_back(statementOf(kind, rest, programs, around));
  }
  addEndpoints(accesses, around, out);
  return out;
}

llvm::json::Value jsonOf(const std::vector<Access> &accesses) {
  llvm::json::Array rows;
  for (const Access &access : accesses)
    rows.push_back(llvm::json::Object{
        {"action", access.action},
        {access.about == About::Path ? "path" : "endpoint", access.what}});
  return rows;
}

llvm::json::Value jsonOf(const std::vector<Statement> &statements) {
  llvm::json::Array rows;
  for (const Statement &statement : statements)
    rows.push_back(llvm::json::Object{{"statement", statement.text},
                                      {"accesses", jsonOf(statement.accesses)}});
  return rows;
}

llvm::json::Value jsonOf(const std::vector<Denied> &refused) {
  llvm::json::Array rows;
  for (const Denied &each : refused)
    rows.push_back(llvm::json::Object{
        {"action", each.action},
        {each.about == About::Path ? "path" : "endpoint", each.path},
        {"times", int64_t(each.times)},
        {"rule", each.rule.empty() ? llvm::json::Value(nullptr)
                                   : llvm::json::Value(each.rule)}});
  return rows;
}

} // namespace srt::command
