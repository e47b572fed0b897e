// lib/Sim/SbplFilterReader.cpp: s-expressions as filters.
// SPDX-License-Identifier: Apache-2.0
//
// Children of a list have higher indices than the list, so going through the
// nodes backwards meets every part before the whole: no recursion.
#include "lib/Sim/SbplFilter.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"

namespace srt::sim {

namespace {
using Kind = SbplFilter::Kind;

/// What one node came to: a symbol, a string or a filter.
struct Value {
  enum class Kind : uint8_t { Symbol, Text, Filter };
  Kind kind = Kind::Symbol;
  std::string text;
  uint32_t filter = 0;
};

class FilterReader {
public:
  FilterReader(const SexpFile &file, const SbplParams &params,
               SbplFilterTable &filters, std::string &why)
      : file(file), params(params), filters(filters), why(why) {}
  std::optional<uint32_t> read(uint32_t root);

private:
  using Values = std::vector<Value>;
  bool fail(llvm::StringRef reason);
  bool apply(llvm::StringRef head, const Values &args, Value &result);
  bool applyText(llvm::StringRef head, const Values &args, Value &result);
  bool applyLogic(Kind kind, const Values &args, Value &result);
  bool applyStrings(Kind kind, char letter, const Values &args, Value &result);
  bool applySymbol(llvm::StringRef head, const Values &args, Value &result);
  bool applySocket(Kind kind, const Values &args, Value &result);
  bool applyName(llvm::StringRef head, const Values &args, Value &result);
  bool checkPath(Kind kind, llvm::StringRef path);
  bool add(SbplFilter filter, Value &result);

  const SexpFile &file;
  const SbplParams &params;
  SbplFilterTable &filters;
  std::string &why;
};
} // namespace

bool FilterReader::fail(llvm::StringRef reason) {
  why = reason.str();
  return false;
}

bool FilterReader::add(SbplFilter filter, Value &result) {
  result = {Value::Kind::Filter, "", 0};
  return filters.intern(std::move(filter), result.filter, why);
}

static bool areAll(const std::vector<Value> &values, Value::Kind kind) {
  return !values.empty() && llvm::all_of(values, [&](const Value &value) {
    return value.kind == kind;
  });
}

/// Apple's own regex-quote: a backslash before each byte of this set.
static std::string quoteForRegex(llvm::StringRef text) {
  std::string result;
  for (char c : text) {
    if (llvm::StringRef("^.[$()|*+?{\\").contains(c))
      result += '\\';
    result += c;
  }
  return result;
}

bool FilterReader::applyText(llvm::StringRef head, const Values &args,
                             Value &result) {
  result.kind = Value::Kind::Text;
  if (!areAll(args, Value::Kind::Text))
    return fail((head + " takes strings").str());
  if (head == "string-append") {
    for (const Value &arg : args)
      result.text += arg.text;
    return true;
  }
  if (args.size() != 1)
    return fail((head + " takes one string").str());
  if (head == "regex-quote") {
    result.text = quoteForRegex(args[0].text);
    return true;
  }
  auto found = params.find(args[0].text);
  if (found == params.end())
    return fail("param has no value");
  result.text = found->second;
  return true;
}

bool FilterReader::applyLogic(Kind kind, const Values &args, Value &result) {
  if (!areAll(args, Value::Kind::Filter) ||
      (kind == Kind::Not && args.size() != 1))
    return fail("require-all, -any and -not take filters");
  SbplFilter filter;
  filter.kind = kind;
  for (const Value &arg : args)
    filter.parts.push_back(arg.filter);
  return add(std::move(filter), result);
}

bool FilterReader::checkPath(Kind kind, llvm::StringRef path) {
  if (kind == Kind::Subpath && path != "/" && path.ends_with("/"))
    return fail("subpaths must not end with a slash");
  if (!path.starts_with("/"))
    return fail("a path does not start with a slash");
  return true;
}

/// Filters that take strings; several strings mean any of them.
bool FilterReader::applyStrings(Kind kind, char letter, const Values &args,
                                Value &result) {
  if (!areAll(args, Value::Kind::Text))
    return fail("the filter takes strings");
  Values anyOf;
  for (const Value &arg : args) {
    SbplFilter filter;
    filter.kind = kind;
    filter.letter = letter;
    filter.text = arg.text;
    bool isRegex = kind == Kind::Regex || kind == Kind::NameRegex;
    if (letter == 'P' && !isRegex && !checkPath(kind, arg.text))
      return false;
    if (!add(std::move(filter), anyOf.emplace_back()))
      return false;
  }
  result = anyOf.front();
  return anyOf.size() == 1 || applyLogic(Kind::Any, anyOf, result);
}

/// Filters that take symbols: vnode-type, target, ioctl-command, ...
bool FilterReader::applySymbol(llvm::StringRef head, const Values &args,
                               Value &result) {
  if (args.empty() || args[0].kind != Value::Kind::Symbol)
    return fail((head + " takes symbols").str());
  if (args.size() > 1) {
    Values anyOf(args.size());
    for (size_t i = 0; i < args.size(); ++i)
      if (!applySymbol(head, {args[i]}, anyOf[i]))
        return false;
    return applyLogic(Kind::Any, anyOf, result);
  }
  llvm::StringRef name = args[0].text;
  SbplFilter filter;
  if (head == "vnode-type") {
    filter.kind = Kind::Vnode;
    filter.letter = 'P';
    auto type = llvm::StringSwitch<std::optional<VnodeType>>(name)
                    .Case("REGULAR-FILE", VnodeType::RegularFile)
                    .Case("DIRECTORY", VnodeType::Directory)
                    .Case("SYMLINK", VnodeType::Symlink)
                    .Case("SOCKET", VnodeType::Socket)
                    .Case("FIFO", VnodeType::Fifo)
                    .Case("CHARACTER-DEVICE", VnodeType::CharacterDevice)
                    .Case("BLOCK-DEVICE", VnodeType::BlockDevice)
                    .Case("TTY", VnodeType::Tty)
                    .Default(std::nullopt);
    if (!type)
      return fail("unknown vnode type");
    filter.vnode = *type;
  } else if (head == "target") {
    filter.kind = Kind::Target;
    filter.letter = 'T';
    auto target = llvm::StringSwitch<std::optional<SbplTarget>>(name)
                      .Case("self", SbplTarget::Self)
                      .Case("same-sandbox", SbplTarget::SameSandbox)
                      .Case("others", SbplTarget::Others)
                      .Default(std::nullopt);
    if (!target)
      return fail("unknown target");
    filter.target = *target;
  } else if (head == "ioctl-command") {
    filter.kind = Kind::IoctlCommand;
    filter.letter = 'C';
    bool isHex = name.consume_front("#x");
    if (name.getAsInteger(isHex ? 16 : 10, filter.number))
      return fail("ioctl-command takes a number");
  } else {
    filter.kind = Kind::SocketDomain;
    filter.letter = 'S';
    if (!name.starts_with("AF_"))
      return fail("unknown socket domain");
  }
  return add(std::move(filter), result);
}

/// `(remote tcp "*:443")`: a protocol, and a host that is * or localhost.
bool FilterReader::applySocket(Kind kind, const Values &args, Value &result) {
  static constexpr llvm::StringLiteral kProtocols[] = {
      "ip", "ip4", "ip6", "tcp", "tcp4", "tcp6", "udp", "udp4", "udp6"};
  bool isUnix = args.size() == 2 && args[0].kind == Value::Kind::Symbol &&
                (args[0].text == "unix-socket" || args[0].text == "unix");
  if (isUnix && args[1].kind == Value::Kind::Filter) {
    result = args[1];
    return true;
  }
  if (args.empty() || args.size() > 2 || args[0].kind != Value::Kind::Symbol ||
      !llvm::is_contained(kProtocols, args[0].text))
    return fail("remote and local take a protocol and an address");
  // `(remote unix-socket (literal ...))` is the filter on the path.
  SbplFilter filter;
  filter.kind = kind;
  filter.letter = 'N';
  filter.protocol = args[0].text;
  llvm::StringRef address = "*:*";
  if (args.size() == 2) {
    if (args[1].kind != Value::Kind::Text)
      return fail("an address is a string");
    address = args[1].text;
  }
  auto [host, port] = address.rsplit(':');
  if (host != "*" && host != "localhost")
    return fail("host must be * or localhost in network address");
  filter.host = host.str();
  uint16_t number = 0;
  if (port != "*" && port.getAsInteger(10, number))
    return fail("a port is a number or *");
  if (port != "*")
    filter.port = number;
  return add(std::move(filter), result);
}

/// NAME, NAME-prefix and NAME-regex.
bool FilterReader::applyName(llvm::StringRef head, const Values &args,
                             Value &result) {
  Kind kind = Kind::Name;
  if (head.consume_back("-regex"))
    kind = Kind::NameRegex;
  else if (head.consume_back("-prefix"))
    kind = Kind::NamePrefix;
  char letter = llvm::StringSwitch<char>(head)
                    .Case("global-name", 'G')
                    .Case("sysctl-name", 'Y')
                    .Case("iokit-registry-entry-class", 'I')
                    .Default(0);
  if (!letter)
    return fail(("no filter is called " + head).str());
  return applyStrings(kind, letter, args, result);
}

/// Filters that other people's profiles use, on what no request here has:
/// tokens, attributes of the program, details of a call. They never match.
static bool isForeign(llvm::StringRef head) {
  static constexpr llvm::StringLiteral kNames[] = {
      "extension",       "extension-class",    "xattr",
      "file-mode",       "device-major",       "device-minor",
      "process-path",    "process-name",       "signing-identifier",
      "process-attribute", "iokit-property",   "iokit-connection",
      "ipc-posix-name",  "semaphore-owner",    "preference-domain",
      "notification-name", "right-name",       "appleevent-destination",
      "control-name",    "info-type",          "signal-number",
      "fsctl-command",   "fcntl-command",      "syscall-number",
      "mac-policy-name", "mac-syscall-number", "nvram-variable",
      "socket-type",     "socket-protocol",    "local-name",
      "xpc-service-name", "kext-bundle-id",    "require-entitlement",
      "debug-mode",      "system-attribute",   "csr",
      "uid",             "privilege-id",       "machtrap-number",
      "kernel-mig-routine", "socket-option-name", "socket-option-level"};
  if (!head.consume_back("-prefix"))
    head.consume_back("-regex");
  return llvm::is_contained(kNames, head);
}

bool FilterReader::apply(llvm::StringRef head, const Values &args,
                         Value &result) {
  if (isForeign(head)) {
    SbplFilter filter;
    filter.kind = Kind::Foreign;
    return add(std::move(filter), result);
  }
  if (head == "param" || head == "string-append" || head == "regex-quote")
    return applyText(head, args, result);
  if (head == "require-all")
    return applyLogic(Kind::All, args, result);
  if (head == "require-any")
    return applyLogic(Kind::Any, args, result);
  if (head == "require-not")
    return applyLogic(Kind::Not, args, result);
  if (head == "literal" || head == "path" || head == "path-literal")
    return applyStrings(Kind::Literal, 'P', args, result);
  if (head == "subpath")
    return applyStrings(Kind::Subpath, 'P', args, result);
  if (head == "prefix" || head == "path-prefix")
    return applyStrings(Kind::Prefix, 'P', args, result);
  if (head == "path-ancestors")
    return applyStrings(Kind::Ancestors, 'P', args, result);
  if (head == "regex" || head == "path-regex")
    return applyStrings(Kind::Regex, 'P', args, result);
  if (head == "remote" || head == "to")
    return applySocket(Kind::Remote, args, result);
  if (head == "local" || head == "from")
    return applySocket(Kind::Local, args, result);
  if (head == "vnode-type" || head == "target" || head == "ioctl-command" ||
      head == "socket-domain")
    return applySymbol(head, args, result);
  return applyName(head, args, result);
}

std::optional<uint32_t> FilterReader::read(uint32_t root) {
  uint32_t end = file.nodes[root].end;
  Values values(end - root);
  for (uint32_t index = end; index-- > root;) {
    const Sexp &node = file.nodes[index];
    Value &value = values[index - root];
    bool isList = node.kind == Sexp::Kind::List;
    if (!isList) {
      value.text = node.text;
      if (node.kind == Sexp::Kind::Text)
        value.kind = Value::Kind::Text;
      continue;
    }
    if (node.children.empty() ||
        file.nodes[node.children[0]].kind != Sexp::Kind::Symbol) {
      fail("a list without a name");
      return std::nullopt;
    }
    Values args;
    for (uint32_t child : llvm::ArrayRef(node.children).drop_front())
      args.push_back(values[child - root]);
    if (!apply(file.nodes[node.children[0]].text, args, value))
      return std::nullopt;
  }
  if (values[0].kind == Value::Kind::Filter)
    return values[0].filter;
  fail("expected a filter");
  return std::nullopt;
}

std::optional<uint32_t> readFilter(const SexpFile &file, uint32_t root,
                                   const SbplParams &params,
                                   SbplFilterTable &filters,
                                   std::string &why) {
  return FilterReader(file, params, filters, why).read(root);
}

} // namespace srt::sim
