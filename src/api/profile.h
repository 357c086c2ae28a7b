// The org's own settings as the API shows them, and a change of them as two administrators read it.

#pragma once

#include <string>

#include "access/proposals.h"
#include "api/services.h"
#include "core/json.h"

namespace duban::api {

/// A proposal of kind "profile": `changes` names members as registers::changed() reads them. Each
/// member, and of the calendar each year that would be otherwise, is one difference; their codes
/// are in the locales.
[[nodiscard]] access::Proposals::Draft profile_draft(
    const Services& services, core::OrgId org, const core::Json& body, const std::string& on
);

}  // namespace duban::api
