# cmake/SrtPackagesDates.cmake: gives everything that is packed one date, and
# folders one mode: cpack makes them with the umask of whoever calls it.
# SPDX-License-Identifier: Apache-2.0
execute_process(
  COMMAND find "${CPACK_TEMPORARY_DIRECTORY}" -type d -exec chmod 0755 {} +
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(
  COMMAND find "${CPACK_TEMPORARY_DIRECTORY}" -exec touch --no-dereference
          "--date=@$ENV{SOURCE_DATE_EPOCH}" {} +
  COMMAND_ERROR_IS_FATAL ANY)
