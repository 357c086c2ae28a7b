#include "api/asking.h"
#include "api/routes.h"
#include "api/routing.h"
#include "core/problem.h"
#include "http/target.h"

namespace duban::api {

namespace {

using http::PathParams;
using http::Request;
using http::Response;

core::JsonObject file_json(const files::FileInfo& info) {
    return {
        {"hash", info.hash.hex()}, {"name", info.name}, {"size", info.size}, {"type", info.kind}
    };
}

/// Streams a body to disk; nothing is left of it when the client breaks off.
class FileSink final : public http::BodySink {
public:
    FileSink(files::Upload upload, std::string name)
        : upload_{std::move(upload)}, name_{std::move(name)} {}

    void write(std::string_view piece) override { upload_.write(piece); }
    Response finish() override {
        return http::json_response(201, file_json(upload_.finish(name_)));
    }

private:
    files::Upload upload_;
    std::string name_;
};

/// The asker's own upload that no action has claimed yet.
Response show_upload(const Services& services, const Request& request, const PathParams& path) {
    const Asker asker = ask(services, request);
    const auto hash = crypto::Hash::parse_hex(path.at("hash"));
    std::optional<files::FileInfo> info;
    std::optional<files::StoredFile> stored;
    if (hash) {
        services.store.read([&](store::Reader& reader) {
            info = services.files.find_upload(reader, asker.actor.org, *hash, asker.actor.person);
            if (info) {
                stored = services.files.open(reader, asker.actor.org, *hash);
            }
        });
    }
    if (!stored) {
        throw core::Problem{core::ProblemKind::NotFound, "file.not_found"};
    }
    Response response;
    response.content_type = stored->kind;
    response.file =
        http::FileBody{.path = stored->path, .size = static_cast<std::uint64_t>(stored->size)};
    response.headers.set(
        "Content-Disposition", "attachment; filename*=UTF-8''" + http::percent_encode(info->name)
    );
    response.headers.set("Content-Security-Policy", "sandbox");
    return response;
}

}  // namespace

void add_file_routes(http::Router& router, const Services& services) {
    const Routing route{router, services};
    router.add_upload(
        http::Method::Post,
        "/api/v1/files",
        [&services](const Request& request, const PathParams&) -> std::unique_ptr<http::BodySink> {
            const Asker asker = ask(services, request);
            std::string name{request.query.find("name").value_or("file")};
            return std::make_unique<FileSink>(
                services.files.begin(asker.actor.org, asker.actor.person), std::move(name)
            );
        },
        {.bytes_max = static_cast<std::uint64_t>(files::kFileBytesMax), .code = "file.too_large"}
    );
    route(http::Method::Get, "/api/v1/files/{hash}", show_upload);
}

}  // namespace duban::api
