// lib/Sim/SbplFilter.cpp: what a filter matches.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/SbplFilter.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::sim {

/// All that a filter says, so that equal texts are equal filters.
static std::string keyOf(const SbplFilter &filter) {
  std::string key;
  for (uint32_t number :
       {uint32_t(filter.kind), uint32_t(uint8_t(filter.letter)),
        uint32_t(filter.vnode), uint32_t(filter.target),
        filter.port ? *filter.port + 1u : 0u, filter.number})
    key += std::to_string(number) + " ";
  for (uint32_t part : filter.parts)
    key += std::to_string(part) + ",";
  return key + filter.protocol + " " + filter.host + " " + filter.text;
}

bool SbplFilterTable::intern(SbplFilter filter, uint32_t &index,
                             std::string &why) {
  std::string key = keyOf(filter);
  auto found = known.find(key);
  if (found != known.end()) {
    index = found->second;
    return true;
  }
  bool isRegex = filter.kind == SbplFilter::Kind::Regex ||
                 filter.kind == SbplFilter::Kind::NameRegex;
  if (isRegex && !(filter.regex = SbplRegex::compile(filter.text, why)))
    return false;
  index = uint32_t(filters.size());
  known.emplace(std::move(key), index);
  filters.push_back(std::move(filter));
  return true;
}

static bool isBelow(llvm::StringRef path, llvm::StringRef root) {
  if (root == "/")
    return path.starts_with("/");
  return path == root ||
         (path.starts_with(root) && path.substr(root.size()).starts_with("/"));
}

static bool isAncestor(llvm::StringRef path, llvm::StringRef of) {
  return path != of && isBelow(of, path);
}

static bool matchesSocket(const SbplFilter &filter,
                          const std::optional<SbplSocket> &socket) {
  if (!socket)
    return false;
  llvm::StringRef protocol = filter.protocol;
  bool isFamilyRight = !protocol.ends_with(socket->isV6 ? "4" : "6");
  bool isKindRight = protocol.starts_with("ip") ||
                     protocol.starts_with(socket->isUdp ? "udp" : "tcp");
  return isFamilyRight && isKindRight &&
         (filter.host == "*" || socket->isLocalhost) &&
         (!filter.port || *filter.port == socket->port);
}

/// A source address is not bound yet when a connection is judged, and then
/// matches whatever the filter says.
static bool matchesLocal(const SbplFilter &filter, const SbplRequest &request) {
  return request.remote ? true : matchesSocket(filter, request.local);
}

static bool matchesOne(const SbplFilter &filter, const SbplRequest &request,
                       const std::vector<bool> &parts) {
  auto holds = [&](uint32_t part) -> bool { return parts[part]; };
  llvm::StringRef path = request.path;
  switch (filter.kind) {
  case SbplFilter::Kind::All:
    return llvm::all_of(filter.parts, holds);
  case SbplFilter::Kind::Any:
    return llvm::any_of(filter.parts, holds);
  case SbplFilter::Kind::Not:
    return llvm::none_of(filter.parts, holds);
  case SbplFilter::Kind::Literal:
    return path == filter.text;
  case SbplFilter::Kind::Prefix:
    return path.starts_with(filter.text);
  case SbplFilter::Kind::Subpath:
    return isBelow(path, filter.text);
  case SbplFilter::Kind::Ancestors:
    return !path.empty() && isAncestor(path, filter.text);
  case SbplFilter::Kind::Regex:
    return !path.empty() && filter.regex->matches(path);
  case SbplFilter::Kind::Vnode:
    return !path.empty() && request.vnode == filter.vnode;
  case SbplFilter::Kind::Remote:
    return matchesSocket(filter, request.remote);
  case SbplFilter::Kind::Local:
    return matchesLocal(filter, request);
  case SbplFilter::Kind::Target:
    // A process of the same sandbox is also one of the others.
    return filter.target == request.target ||
           (filter.target == SbplTarget::Others &&
            request.target != SbplTarget::Self);
  case SbplFilter::Kind::Name:
    return request.name == filter.text;
  case SbplFilter::Kind::NamePrefix:
    return llvm::StringRef(request.name).starts_with(filter.text);
  case SbplFilter::Kind::NameRegex:
    return filter.regex->matches(request.name);
  case SbplFilter::Kind::IoctlCommand:
    return request.ioctlCommand == filter.number;
  case SbplFilter::Kind::SocketDomain:
  case SbplFilter::Kind::Foreign:
    return false; // no request here has one
  }
  llvm_unreachable("unknown filter");
}

std::vector<bool> matchFilters(const SbplFilters &filters,
                               const SbplRequest &request) {
  return matchFilters(filters, request,
                      [](uint32_t) { return std::optional<bool>(); });
}

std::vector<bool> matchFilters(const SbplFilters &filters,
                               const SbplRequest &request, SbplKnown known) {
  std::vector<bool> results;
  results.reserve(filters.size());
  for (uint32_t i = 0; i < filters.size(); ++i) {
    std::optional<bool> answer = known(i);
    results.push_back(answer ? *answer
                             : matchesOne(filters[i], request, results));
  }
  return results;
}

/// `decisive` if one part is; else the other way round if all parts are.
static SbplTruth joined(llvm::ArrayRef<uint32_t> parts, SbplTruth decisive,
                        SbplTruth other, const std::vector<SbplTruth> &truth) {
  SbplTruth result = other;
  for (uint32_t part : parts) {
    if (truth[part] == decisive)
      return decisive;
    if (truth[part] == SbplTruth::Unknown)
      result = SbplTruth::Unknown;
  }
  return result;
}

void deduceFilters(const SbplFilters &filters, VnodeType vnode,
                   std::vector<SbplTruth> &truth) {
  using enum SbplTruth;
  for (size_t i = 0; i < filters.size(); ++i) {
    const SbplFilter &filter = filters[i];
    if (filter.kind == SbplFilter::Kind::Any)
      truth[i] = joined(filter.parts, True, False, truth);
    if (filter.kind == SbplFilter::Kind::All)
      truth[i] = joined(filter.parts, False, True, truth);
    if (filter.kind == SbplFilter::Kind::Not)
      truth[i] = truth[filter.parts.front()] == Unknown ? Unknown
                 : truth[filter.parts.front()] == True  ? False
                                                        : True;
    if (filter.kind == SbplFilter::Kind::Vnode)
      truth[i] = filter.vnode == vnode ? True : False;
  }
}

std::vector<VnodeType> vnodeTypesIn(const SbplFilters &filters) {
  std::vector<VnodeType> types = {VnodeType::RegularFile, VnodeType::Directory};
  for (const SbplFilter &filter : filters)
    if (filter.kind == SbplFilter::Kind::Vnode &&
        !llvm::is_contained(types, filter.vnode))
      types.push_back(filter.vnode);
  return types;
}

std::string lettersOf(const SbplFilters &filters, uint32_t root) {
  std::string letters;
  std::vector<uint32_t> todo = {root};
  while (!todo.empty()) {
    const SbplFilter &filter = filters[todo.back()];
    todo.pop_back();
    if (filter.letter)
      letters += filter.letter;
    llvm::append_range(todo, filter.parts);
  }
  return letters;
}

} // namespace srt::sim
