// runtime/broker/Redirects.cpp: whom the sockets that ask the stub meant to
// ask. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a table of fixed size. A socket that was forgotten is told the
// truth about its peer, which some programs then take for a wrong answer.
#include "Network.h"

namespace srt::broker {

/// Cookies are counted up, so neighbours are in other rows.
static constexpr unsigned kRows = 256, kColumns = 4;
static Redirect redirects[kRows][kColumns];
static unsigned nextColumn;

void redirect(const Socket &socket, const Call &call, const Place &meant) {
  uint64_t cookie = cookieOf(socket);
  if (cookie == 0)
    return;
  Redirect *row = redirects[cookie % kRows], *slot = nullptr;
  for (unsigned i = 0; i < kColumns; ++i)
    if (row[i].cookie == cookie || (!slot && row[i].cookie == 0))
      slot = &row[i];
  if (!slot)
    slot = &row[nextColumn++ % kColumns];
  sys::SocketName own;
  uint32_t size;
  long result = sys::nameOf(socket.fd.number(), own, size);
  *slot = {cookie, meant, call.tid,
           result == 0 ? placeOfOwn(own).port : uint16_t(0)};
}

const Redirect *redirectOf(uint64_t cookie) {
  for (const Redirect &one : redirects[cookie % kRows])
    if (cookie != 0 && one.cookie == cookie)
      return &one;
  return nullptr;
}

void forgetRedirect(uint64_t cookie) {
  for (Redirect &one : redirects[cookie % kRows])
    if (cookie != 0 && one.cookie == cookie)
      one = {};
}

uint32_t threadOfPort(uint16_t port) {
  for (const Redirect(&row)[kColumns] : redirects)
    for (const Redirect &one : row)
      if (one.cookie != 0 && one.port == port)
        return one.tid;
  return 0;
}

} // namespace srt::broker
