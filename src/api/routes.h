// The endpoints of docs/formats/api.md, one file a section. No rule lives here: a handler reads the
// request, asks a room, and writes the answer.

#pragma once

#include "api/services.h"
#include "http/router.h"

namespace duban::api {

/// Every route of the program. `services` outlives the router.
void add_routes(http::Router& router, const Services& services);

void add_session_routes(http::Router& router, const Services& services);         ///< section 3
void add_register_routes(http::Router& router, const Services& services);        ///< sections 4, 5
void add_entry_routes(http::Router& router, const Services& services);           ///< sections 6, 7
void add_history_routes(http::Router& router, const Services& services);         ///< section 8
void add_figure_routes(http::Router& router, const Services& services);          ///< section 18
void add_search_routes(http::Router& router, const Services& services);          ///< section 9
void add_file_routes(http::Router& router, const Services& services);            ///< section 10
void add_event_routes(http::Router& router, const Services& services);           ///< section 11
void add_sheet_routes(http::Router& router, const Services& services);           ///< section 12
void add_reading_routes(http::Router& router, const Services& services);         ///< section 13
void add_desk_routes(http::Router& router, const Services& services);            ///< section 19
void add_directory_routes(http::Router& router, const Services& services);       ///< section 14
void add_administration_routes(http::Router& router, const Services& services);  ///< section 14
void add_proposal_routes(http::Router& router, const Services& services);        ///< section 15
void add_pack_routes(http::Router& router, const Services& services);            ///< section 15
void add_log_routes(http::Router& router, const Services& services);             ///< section 16
void add_house_routes(http::Router& router, const Services& services);           ///< section 17

/// Of section 14, too: units, people, posts and accounts by a sheet.
void add_directory_sheet_routes(http::Router& router, const Services& services);

}  // namespace duban::api
