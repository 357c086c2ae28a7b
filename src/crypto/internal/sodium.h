// libsodium must be initialised before its first use; every function that calls it asks here.

#pragma once

namespace duban::crypto::internal {

/// Initialises libsodium once; safe from several threads.
void ensure_sodium();

}  // namespace duban::crypto::internal
