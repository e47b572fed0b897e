// runtime/loader/Fail.cpp: messages, and the end of a refused start.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: see Fail.h. A message is written in one write(2), so that those
// of several loaders on one terminal do not mix.
#include "Fail.h"
#include "Kernel.h"

namespace srt::load {

static const char *errnoName(long error) {
  switch (error) {
// clang-format off
#define SRT_ERRNO(name) case name: return #name;
    SRT_ERRNO(EPERM) SRT_ERRNO(ENOENT) SRT_ERRNO(EINTR) SRT_ERRNO(EIO)
    SRT_ERRNO(ENXIO) SRT_ERRNO(E2BIG) SRT_ERRNO(ENOEXEC) SRT_ERRNO(EBADF)
    SRT_ERRNO(EAGAIN) SRT_ERRNO(ENOMEM) SRT_ERRNO(EACCES) SRT_ERRNO(EFAULT)
    SRT_ERRNO(EBUSY) SRT_ERRNO(EXDEV) SRT_ERRNO(ENODEV) SRT_ERRNO(ENOTDIR)
    SRT_ERRNO(EISDIR) SRT_ERRNO(EINVAL) SRT_ERRNO(ENFILE) SRT_ERRNO(EMFILE)
    SRT_ERRNO(ETXTBSY) SRT_ERRNO(EFBIG) SRT_ERRNO(ERANGE) SRT_ERRNO(ENAMETOOLONG)
    SRT_ERRNO(ENOSYS) SRT_ERRNO(ELOOP) SRT_ERRNO(ENOMSG) SRT_ERRNO(EOVERFLOW)
    SRT_ERRNO(ELIBBAD) SRT_ERRNO(EOPNOTSUPP) SRT_ERRNO(ETIMEDOUT)
    SRT_ERRNO(ESTALE) SRT_ERRNO(EDQUOT) SRT_ERRNO(ENOKEY) SRT_ERRNO(EROFS)
#undef SRT_ERRNO
    // clang-format on
  }
  return nullptr;
}

Message::Message() {
  static char memory[kCapacity];
  bytes = memory;
}

void Message::put(char byte) {
  if (size < kCapacity)
    bytes[size++] = byte;
}

Message &Message::operator<<(Text text) {
  for (uint64_t i = 0; i < text.size; ++i) {
    auto byte = static_cast<unsigned char>(text.data[i]);
    put(byte < 0x20 || byte == 0x7f ? '?' : text.data[i]);
  }
  return *this;
}

Message &Message::operator<<(uint64_t number) {
  return *this << Decimal(number).text();
}

Message &Message::operator<<(Errno error) {
  if (const char *name = errnoName(-error.result))
    return *this << name;
  return *this << "errno " << uint64_t(-error.result);
}

Message &Message::endLine() {
  // The last byte may be overwritten: a cut message still ends its line.
  if (size == kCapacity)
    --size;
  put('\n');
  return *this;
}

void refuse(const char *step, const Message &cause, const char *hint,
            Status status) {
  // Not in the memory that the cause is in.
  static char memory[Message::kCapacity];
  Message whole(memory);
  whole << "srt-load: " << step << ": " << cause.text();
  whole.endLine();
  if (hint) {
    whole << "  hint: " << hint;
    whole.endLine();
  }
  sys::write(2, whole.text().data, whole.text().size);
  sys::exitGroup(status);
}

} // namespace srt::load
