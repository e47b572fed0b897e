// lib/Sim/SbplFilter.h: the filters of a Seatbelt rule and what they match.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_SIM_SBPLFILTER_H
#define SRT_LIB_SIM_SBPLFILTER_H

#include "lib/Sim/SbplReader.h"
#include "lib/Sim/SbplRegex.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <map>

namespace srt::sim {

enum class VnodeType : uint8_t {
  RegularFile,
  Directory,
  Symlink,
  Socket,
  Fifo,
  CharacterDevice,
  BlockDevice,
  Tty,
};

/// Who a signal or an inspection is for.
enum class SbplTarget : uint8_t { Self, SameSandbox, Others };

/// One socket address, as far as Seatbelt can tell.
struct SbplSocket {
  bool isUdp = false;
  bool isV6 = false;
  bool isLocalhost = false; // 127.0.0.1 or ::1, and nothing else
  uint16_t port = 0;
};

/// What one operation is about. The members that its filters look at count.
struct SbplRequest {
  std::string path; // resolved; empty if there is none
  VnodeType vnode = VnodeType::RegularFile;
  std::optional<SbplSocket> remote; // of an outbound connection
  std::optional<SbplSocket> local;  // of a bound socket
  SbplTarget target = SbplTarget::Self;
  std::string name;          // service, sysctl or iokit class
  uint32_t ioctlCommand = 0; // file-ioctl
};

/// One filter; the parts of All, Any and Not are indices into the same list,
/// lower than its own.
struct SbplFilter {
  enum class Kind : uint8_t {
    All,
    Any,
    Not,
    Literal,
    Prefix,
    Subpath,
    Ancestors,
    Regex,
    Vnode,
    Remote,
    Local,
    Target,
    Name,
    NamePrefix,
    NameRegex,
    IoctlCommand,
    SocketDomain,
    Foreign, // on what no request here has
  };
  Kind kind = Kind::All;
  char letter = 0; // what it may stand on (SbplOperations.def); 0 for All...
  std::vector<uint32_t> parts;
  std::string text;
  std::optional<SbplRegex> regex;
  VnodeType vnode = VnodeType::RegularFile;
  SbplTarget target = SbplTarget::Self;
  std::string protocol; // ip, tcp4, ...
  std::string host;     // * or localhost
  std::optional<uint16_t> port;
  uint32_t number = 0;
};

using SbplFilters = std::vector<SbplFilter>;
using SbplParams = std::map<std::string, std::string>;

/// Filters that say the same are one filter: profiles repeat themselves, once
/// for each operation. Parts stand before the whole.
class SbplFilterTable {
public:
  /// The index of the filter, which is added if it is new. False with a reason
  /// in `why` if it has a regular expression that does not compile.
  bool intern(SbplFilter filter, uint32_t &index, std::string &why);
  const SbplFilters &all() const { return filters; }

private:
  SbplFilters filters;
  std::map<std::string, uint32_t> known;
};

/// Reads the filter that begins at node `root`; returns its index. Nothing with
/// a reason in `why` if it is not one.
std::optional<uint32_t> readFilter(const SexpFile &file, uint32_t root,
                                   const SbplParams &params,
                                   SbplFilterTable &filters, std::string &why);

/// The verdict of every filter on `request`, by index. Parts come first, so
/// one pass is enough.
std::vector<bool> matchFilters(const SbplFilters &filters,
                               const SbplRequest &request);

/// The same, with what is known of filters beforehand: for an index that
/// `known` answers, the request is not looked at.
using SbplKnown = llvm::function_ref<std::optional<bool>(uint32_t filter)>;
std::vector<bool> matchFilters(const SbplFilters &filters,
                               const SbplRequest &request, SbplKnown known);

/// What is known of a filter before all of a text was read.
enum class SbplTruth : uint8_t { False, True, Unknown };

/// Completes `truth`, which has the filters on texts, for one type of file.
/// What a filter on something else says stays Unknown.
void deduceFilters(const SbplFilters &filters, VnodeType vnode,
                   std::vector<SbplTruth> &truth);

/// The types of files that the filters tell apart, and two that stand for all
/// others: a regular file and a directory.
std::vector<VnodeType> vnodeTypesIn(const SbplFilters &filters);

/// Letters of all filters inside `root`.
std::string lettersOf(const SbplFilters &filters, uint32_t root);

} // namespace srt::sim

#endif
