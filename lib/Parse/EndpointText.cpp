// lib/Parse/EndpointText.cpp: [tcp:|udp:]HOST:PORTS and unix:... endpoints.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Texts.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt {

static bool readPort(llvm::StringRef text, uint16_t &port) {
  return !text.empty() && llvm::all_of(text, llvm::isDigit) &&
         !text.getAsInteger(10, port);
}

static bool readRange(llvm::StringRef text, ir::PortRange &range) {
  auto [first, last] = text.split('-');
  bool isSingle = !text.contains('-');
  return readPort(first, range.first) &&
         readPort(isSingle ? first : last, range.last) &&
         range.first <= range.last;
}

/// Joins ranges that overlap or touch. Ensures: sorted, disjoint.
static void joinRanges(std::vector<ir::PortRange> &ranges) {
  llvm::sort(ranges);
  std::vector<ir::PortRange> joined;
  for (ir::PortRange range : ranges) {
    if (!joined.empty() && range.first <= unsigned(joined.back().last) + 1)
      joined.back().last = std::max(joined.back().last, range.last);
    else
      joined.push_back(range);
  }
  ranges = std::move(joined);
}

std::optional<std::vector<ir::PortRange>> readPorts(llvm::StringRef text) {
  if (text == "*")
    return std::vector{ir::PortRange{}};
  if (text.starts_with("{") && text.ends_with("}"))
    text = text.drop_front().drop_back();
  llvm::SmallVector<llvm::StringRef, 8> parts;
  text.split(parts, ',');
  std::vector<ir::PortRange> ranges;
  for (llvm::StringRef part : parts)
    if (!readRange(part.trim(), ranges.emplace_back()))
      return std::nullopt;
  joinRanges(ranges);
  return ranges;
}

namespace {
class EndpointReader {
public:
  EndpointReader(const syntax::Literal &literal, ir::ActionId action,
                 Scope &scope)
      : literal(literal), action(action), scope(scope) {}

  std::optional<std::vector<ir::EndpointPattern>> read();

private:
  using Patterns = std::optional<std::vector<ir::EndpointPattern>>;
  Patterns fail(llvm::StringRef why);
  Patterns readInternet(const Spelled &spelled, size_t prefix,
                        ir::Transport transport);
  bool checkUses(const Spelled &spelled, size_t colon);
  Patterns readAbstract(const Chars &chars);
  Patterns readUnixPath();
  Patterns readHosts(Chars host, ir::EndpointPattern pattern);
  bool checkTransport(llvm::StringRef spelled);

  const syntax::Literal &literal;
  ir::ActionId action;
  Scope &scope;
};
} // namespace

std::optional<std::vector<ir::EndpointPattern>>
EndpointReader::fail(llvm::StringRef why) {
  scope.diags.report(literal.range, diag::EndpointSyntax, shown(literal.text),
                     why);
  return std::nullopt;
}

/// `send` is what UDP does without a connection; TCP has no such thing.
bool EndpointReader::checkTransport(llvm::StringRef spelled) {
  if (action != ir::ActionId::Send || spelled != "tcp:")
    return true;
  scope.diags.report(literal.range, diag::TransportMismatch, spelled,
                     ir::spelling(action));
  return false;
}

std::optional<std::vector<ir::EndpointPattern>>
EndpointReader::readAbstract(const Chars &chars) {
  ir::EndpointPattern pattern;
  pattern.transport = ir::Transport::Unix;
  pattern.abstract = readGlob(literal, chars, llvm::StringRef("unix:@").size(),
                              chars.size(), scope);
  if (!pattern.abstract)
    return std::nullopt;
  return std::vector{pattern};
}

std::optional<std::vector<ir::EndpointPattern>>
EndpointReader::readUnixPath() {
  ir::EndpointPattern pattern;
  pattern.transport = ir::Transport::Unix;
  // The path is a text of its own, params and alternatives included.
  syntax::Literal path = literal;
  size_t begin = llvm::StringRef("unix:").size();
  path.text = literal.text.substr(begin);
  path.range = subrange(literal.range, begin, literal.text.size() + 2);
  std::optional<std::vector<ir::PathPattern>> paths = readPaths(path, scope);
  if (!paths)
    return std::nullopt;
  std::vector<ir::EndpointPattern> patterns;
  for (ir::PathPattern &each : *paths) {
    pattern.path = std::move(each);
    patterns.push_back(pattern);
  }
  return patterns;
}

std::optional<std::vector<ir::EndpointPattern>>
EndpointReader::readHosts(Chars host, ir::EndpointPattern pattern) {
  std::optional<std::vector<Chars>> hosts =
      expandAlternatives(literal, std::move(host), scope);
  if (!hosts)
    return std::nullopt;
  std::vector<ir::EndpointPattern> patterns;
  for (const Chars &each : *hosts) {
    std::string why;
    std::optional<ir::HostPattern> read = readHost(plainText(each), why);
    if (!read)
      return fail(why);
    pattern.host = std::move(*read);
    patterns.push_back(pattern);
  }
  return patterns;
}

/// The colon before the ports: the last one outside of brackets and braces.
static size_t lastColon(const Chars &chars) {
  size_t colon = chars.size();
  unsigned depth = 0;
  for (size_t i = 0; i < chars.size(); ++i) {
    depth += chars[i].is('[') || chars[i].is('{');
    depth -= depth > 0 && (chars[i].is(']') || chars[i].is('}'));
    if (chars[i].byte == ':' && depth == 0)
      colon = i;
  }
  return colon;
}

/// A host before the colon, a port behind it.
bool EndpointReader::checkUses(const Spelled &spelled, size_t colon) {
  for (const ParamUse &use : spelled.uses) {
    bool isPort = use.begin > colon;
    ParamType misfit = isPort ? ParamType::Host : ParamType::Port;
    if (use.type != misfit)
      continue;
    scope.reportType(use.name, use.type,
                     isPort ? "a param of type port" : "a param of type host",
                     use.range);
    return false;
  }
  return true;
}

std::optional<std::vector<ir::EndpointPattern>>
EndpointReader::readInternet(const Spelled &spelled, size_t prefix,
                             ir::Transport transport) {
  Chars chars(spelled.chars.begin() + prefix, spelled.chars.end());
  if (plainText(chars).find("//") != std::string::npos)
    return fail("it is a URL; write HOST:PORT");
  size_t colon = lastColon(chars);
  if (colon == chars.size()) {
    scope.diags.report(literal.range, diag::PortMissing, shown(literal.text));
    return std::nullopt;
  }
  if (!checkUses(spelled, prefix + colon))
    return std::nullopt;
  Chars host(chars.begin(), chars.begin() + colon);
  std::string portText = plainText(Chars(chars.begin() + colon + 1, chars.end()));
  std::optional<std::vector<ir::PortRange>> ports = readPorts(portText);
  // `::1` and the like: what follows the last colon only looks like a port.
  bool isBareV6 = llvm::count_if(host, [](Char c) { return c.is(':'); }) > 0 &&
                  !host.empty() && !host[0].is('[');
  if (!ports && !isBareV6) {
    scope.diags.report(literal.range, diag::PortSyntax, shown(portText));
    return std::nullopt;
  }
  ir::EndpointPattern pattern;
  pattern.transport = transport;
  if (ports)
    pattern.ports = std::move(*ports);
  return readHosts(std::move(host), std::move(pattern));
}

std::optional<std::vector<ir::EndpointPattern>> EndpointReader::read() {
  llvm::StringRef text(literal.text);
  bool isUnix = text.starts_with("unix:");
  if (isUnix && !text.starts_with("unix:@"))
    return readUnixPath();
  std::optional<Spelled> spelled = spell(literal, Base::Unwanted, scope);
  if (!spelled)
    return std::nullopt;
  bool isUdp = text.starts_with("udp:") || action == ir::ActionId::Send;
  bool isPrefixed = text.starts_with("udp:") || text.starts_with("tcp:");
  if (!checkTransport(text.take_front(4)))
    return std::nullopt;
  size_t prefix = isUnix ? 5 : isPrefixed ? 4 : 0;
  if (spelled->chars.size() == prefix)
    return fail("it names no host and no port");
  if (isUnix)
    return readAbstract(spelled->chars);
  return readInternet(*spelled, prefix,
                      isUdp ? ir::Transport::Udp : ir::Transport::Tcp);
}

std::optional<std::vector<ir::EndpointPattern>>
readEndpoints(const syntax::Literal &literal, ir::ActionId action,
              Scope &scope) {
  return EndpointReader(literal, action, scope).read();
}

} // namespace srt
