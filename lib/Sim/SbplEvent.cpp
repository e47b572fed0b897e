// lib/Sim/SbplEvent.cpp: which operations of macOS an event takes.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/Sbpl.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::sim {

llvm::StringRef sbplOperationsOf(ir::ActionId leaf) {
  switch (leaf) {
  case ir::ActionId::Read:
  case ir::ActionId::Write:
    llvm_unreachable("not a leaf action");
  case ir::ActionId::ReadData:
  case ir::ActionId::ReadList:
    return "file-read-data";
  case ir::ActionId::ReadMetadata:
    return "file-read-metadata file-read-xattr file-test-existence";
  case ir::ActionId::WriteData:
    return "file-write-data";
  case ir::ActionId::WriteCreate:
    return "file-write-create";
  case ir::ActionId::WriteDelete:
    return "file-write-unlink";
  case ir::ActionId::WriteRename:
    return "file-write-unlink file-write-create";
  case ir::ActionId::WriteLink:
    return "file-link file-write-create";
  case ir::ActionId::WriteMetadata:
    return "file-write-mode file-write-owner file-write-times "
           "file-write-xattr file-write-flags file-write-acl";
  case ir::ActionId::WriteSpecial:
    return "file-mknod file-write-create";
  case ir::ActionId::Exec:
    return "process-exec*";
  case ir::ActionId::Connect:
  case ir::ActionId::Send:
    return "network-outbound";
  case ir::ActionId::Bind:
    return "network-bind network-inbound";
  case ir::ActionId::Ioctl:
    return "file-ioctl";
  case ir::ActionId::Signal:
    return "signal";
  case ir::ActionId::Trace:
    return "process-info-pidinfo mach-priv-task-port mach-task-read "
           "mach-task-inspect";
  case ir::ActionId::Syscall:
    return "";
  case ir::ActionId::Mach:
    return "mach-lookup";
  case ir::ActionId::Sysctl:
    return "sysctl-read";
  case ir::ActionId::Iokit:
    return "iokit-open iokit-open-user-client iokit-open-service";
  }
  llvm_unreachable("unknown action");
}

bool isCarriedBySingleOperation(ir::ActionId leaf) {
  return leaf == ir::ActionId::ReadMetadata ||
         leaf == ir::ActionId::WriteMetadata || leaf == ir::ActionId::Trace;
}

std::string resolvedOnMac(llvm::StringRef path) {
  for (llvm::StringRef link : {"/tmp", "/var", "/etc"})
    if (path.starts_with(link) &&
        (path.size() == link.size() || path[link.size()] == '/'))
      return "/private" + path.str();
  return path.str();
}

/// True for 127.0.0.1 and ::1.
static bool isLocalhost(const Address &address) {
  llvm::ArrayRef<uint8_t> bytes(address.bytes);
  if (!address.isV6)
    return bytes.take_front(4).equals({127, 0, 0, 1});
  return bytes.back() == 1 &&
         llvm::all_of(bytes.drop_back(), [](uint8_t b) { return b == 0; });
}

static void describe(const Endpoint &endpoint, bool isBind,
                     SbplRequest &request) {
  if (endpoint.transport == ir::Transport::Unix) {
    request.path = resolvedOnMac(endpoint.path);
    return;
  }
  SbplSocket socket;
  socket.isUdp = endpoint.transport == ir::Transport::Udp;
  socket.isV6 = endpoint.address && endpoint.address->isV6;
  socket.isLocalhost = endpoint.address && isLocalhost(*endpoint.address);
  socket.port = endpoint.port;
  (isBind ? request.local : request.remote) = socket;
}

static SbplRequest requestOf(const Event &event, VnodeType vnode) {
  SbplRequest request;
  request.vnode =
      event.action == ir::ActionId::ReadList ? VnodeType::Directory : vnode;
  if (auto *command = std::get_if<Command>(&event.resource))
    request.path = resolvedOnMac(command->path);
  else if (auto *endpoint = std::get_if<Endpoint>(&event.resource))
    describe(*endpoint, event.action == ir::ActionId::Bind, request);
  else if (auto *subject = std::get_if<ir::SubjectPattern>(&event.resource))
    request.target = *subject == ir::SubjectPattern::Self ? SbplTarget::Self
                     : *subject == ir::SubjectPattern::Sandbox
                         ? SbplTarget::SameSandbox
                         : SbplTarget::Others;
  else if (auto *name = std::get_if<Name>(&event.resource)) {
    if (ir::resource(event.action) == ir::Resource::Path)
      request.path = resolvedOnMac(name->text);
    else
      request.name = name->text;
  }
  return request;
}

SbplVerdict evalSbpl(const SbplProfile &profile, const Event &event,
                     VnodeType vnode) {
  SbplRequest request = requestOf(event, vnode);
  llvm::SmallVector<llvm::StringRef, 8> operations;
  sbplOperationsOf(event.action)
      .split(operations, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  size_t asked = 0, permitted = 0;
  for (llvm::StringRef operation : operations) {
    if (!profile.knows(operation))
      continue;
    ++asked;
    permitted += profile.permits(operation, request);
  }
  if (permitted == 0)
    return SbplVerdict::Denied;
  return permitted == asked ? SbplVerdict::Permitted : SbplVerdict::Partly;
}

} // namespace srt::sim
