// lib/IR/Pattern.h: what a rule names: paths, endpoints, commands, syscalls.
// SPDX-License-Identifier: Apache-2.0
//
// Patterns are values. Alternations ({a,b}) and compile-time params are gone by
// the time a pattern exists; params of type path remain as the base of a path.
#ifndef SRT_LIB_IR_PATTERN_H
#define SRT_LIB_IR_PATTERN_H

#include "lib/Support/Id.h"
#include "lib/Support/Sources.h"

#include <array>
#include <bitset>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace srt::ir {

using ParamId = Id<struct ParamTag>;

/// One element of a glob. In a path, AnyRun, AnyOne and Class never accept a
/// slash; in command words and service names they accept any byte.
struct GlobItem {
  enum class Kind : uint8_t { Byte, AnyOne, AnyRun, Class };
  Kind kind = Kind::Byte;
  uint8_t byte = 0;        // Kind::Byte
  std::bitset<256> accept; // Kind::Class
  friend bool operator==(const GlobItem &, const GlobItem &) = default;
};

/// A sequence of glob items. Normal form: no two neighbouring AnyRun.
struct Glob {
  std::vector<GlobItem> items;

  /// True if it matches exactly one text (no wildcard in it).
  bool isLiteral() const;
  /// The text it matches. Requires: isLiteral().
  std::string literal() const;
  static Glob ofLiteral(llvm::StringRef text);
  friend bool operator==(const Glob &, const Glob &) = default;
};

/// One component of a path pattern. AnyDepth is `**`: zero or more components.
struct Segment {
  enum class Kind : uint8_t { Name, AnyDepth };
  Kind kind = Kind::Name;
  Glob name; // Kind::Name; never empty, never "." or ".."
  friend bool operator==(const Segment &, const Segment &) = default;
};

/// A path pattern covers every path that it matches and all beneath it.
/// Normal form: no AnyDepth at the end (it would say the same), no two
/// neighbouring AnyDepth. No segments and no base: the whole tree.
struct PathPattern {
  std::optional<ParamId> base; // absent: the root directory
  std::vector<Segment> segments;

  /// True if it names exactly one place (no wildcard in it).
  bool isLiteral() const;
  friend bool operator==(const PathPattern &, const PathPattern &) = default;
};

/// Ports first..last, both included.
struct PortRange {
  uint16_t first = 0;
  uint16_t last = 65535;
  friend auto operator<=>(const PortRange &, const PortRange &) = default;
};

enum class Transport : uint8_t { Tcp, Udp, Unix };

/// Which hosts an endpoint pattern names.
struct HostPattern {
  enum class Kind : uint8_t { Any, Name, Suffix, Address };
  Kind kind = Kind::Any;
  /// Name: "registry.example.com". Suffix ("*.example.com"): "example.com".
  /// Lower case, no trailing dot.
  std::string name;
  /// Address: the network, with `prefix` bits set in the mask; bytes past the
  /// mask are zero. IPv4 uses the first 4 bytes.
  bool isV6 = false;
  std::array<uint8_t, 16> address{};
  uint8_t prefix = 0;
  friend bool operator==(const HostPattern &, const HostPattern &) = default;
};

/// tcp/udp: host and ports. unix: a path, or an abstract name (a glob).
struct EndpointPattern {
  Transport transport = Transport::Tcp;
  HostPattern host;             // tcp, udp
  std::vector<PortRange> ports; // tcp, udp: sorted, disjoint, not touching
  std::optional<PathPattern> path; // unix by path
  std::optional<Glob> abstract;    // unix by abstract name
  friend bool operator==(const EndpointPattern &,
                         const EndpointPattern &) = default;
};

/// First word: a bare name (looked up on PATH) or a path pattern. Further words
/// match argv[1..] one by one. No `words`: any arguments.
struct CommandPattern {
  std::variant<std::string, PathPattern> program;
  std::optional<std::vector<Glob>> words;
  bool anyRest = false; // a final `**` word: any further arguments
  friend bool operator==(const CommandPattern &,
                         const CommandPattern &) = default;
};

enum class SubjectPattern : uint8_t { Self, Sandbox, All };

/// One test of a register argument: (value(index) & mask) OP operand, compared
/// as unsigned 64-bit numbers.
struct ArgTest {
  enum class Op : uint8_t { Eq, Ne, Lt, Le, Gt, Ge };
  uint8_t index = 0; // 0..5
  Op op = Op::Eq;
  uint64_t mask = ~uint64_t(0);
  uint64_t operand = 0;
  friend bool operator==(const ArgTest &, const ArgTest &) = default;
};

/// `all`, a group such as `@default`, or one syscall with tests on its
/// arguments, all of which must hold.
struct SyscallPattern {
  enum class Kind : uint8_t { All, Group, Name };
  Kind kind = Kind::Name;
  std::string name; // Group: with the '@'. Name: the kernel's spelling
  std::vector<ArgTest> tests;
  friend bool operator==(const SyscallPattern &,
                         const SyscallPattern &) = default;
};

/// A service name (mach, sysctl, iokit); a glob.
struct NamePattern {
  Glob name;
  friend bool operator==(const NamePattern &, const NamePattern &) = default;
};

/// A pattern and where it was written. The alternative in use is the one of
/// the rule's actions' ir::Resource.
struct Pattern {
  std::variant<PathPattern, CommandPattern, EndpointPattern, SubjectPattern,
               SyscallPattern, NamePattern>
      value;
  SourceRange range;
};

/// The path in a pattern: of files, of a program, or of a unix socket. Null if
/// there is none, as in a bare command.
PathPattern *pathOf(Pattern &pattern);
const PathPattern *pathOf(const Pattern &pattern);

} // namespace srt::ir

#endif
