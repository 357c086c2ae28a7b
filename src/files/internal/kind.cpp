#include "files/internal/kind.h"

#include <algorithm>
#include <array>

namespace duban::files {

namespace {

constexpr std::string_view kText = "text/plain";
constexpr std::string_view kUnknown = "application/octet-stream";

struct Magic {
    std::size_t offset;
    std::string_view bytes;
    std::string_view kind;
};

using namespace std::string_view_literals;

constexpr std::array kMagics{
    Magic{0, "%PDF-"sv, "application/pdf"sv},
    Magic{0, "\x89PNG\r\n\x1a\n"sv, "image/png"sv},
    Magic{0, "\xff\xd8\xff"sv, "image/jpeg"sv},
    Magic{0, "GIF87a"sv, "image/gif"sv},
    Magic{0, "GIF89a"sv, "image/gif"sv},
    Magic{8, "WEBP"sv, "image/webp"sv},
    Magic{0, "BM"sv, "image/bmp"sv},
    Magic{0, "II*\0"sv, "image/tiff"sv},
    Magic{0, "MM\0*"sv, "image/tiff"sv},
    Magic{4, "ftypheic"sv, "image/heic"sv},
    Magic{4, "ftyp"sv, "video/mp4"sv},
    Magic{0, "ID3"sv, "audio/mpeg"sv},
    Magic{8, "WAVE"sv, "audio/wav"sv},
    Magic{0, R"({\rtf)"sv, "application/rtf"sv},
    // Word, Excel and WPS before 2007 are told apart by streams inside, not by their first bytes.
    Magic{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "application/x-ole-storage"sv},
    Magic{0, "7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed"sv},
    Magic{0, "Rar!\x1a\x07"sv, "application/vnd.rar"sv},
    Magic{0, "\x1f\x8b"sv, "application/gzip"sv}
};

/// A name in the directory of a ZIP archive that tells what is packed in it.
struct Member {
    std::string_view name;
    std::string_view kind;
};

constexpr std::array kMembers{
    Member{
        "word/document.xml"sv,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"sv
    },
    Member{
        "xl/workbook.xml"sv, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"sv
    },
    Member{
        "ppt/presentation.xml"sv,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation"sv
    },
    Member{"OFD.xml"sv, "application/ofd"sv}
};

/// The bytes of the UTF-8 character that `lead` begins; 0 when it begins none, or a control.
std::size_t character_bytes(char lead) {
    const auto octet = static_cast<unsigned char>(lead);
    if (octet < 0x80U) {
        const bool space = lead == '\n' || lead == '\r' || lead == '\t';
        return octet >= 0x20U || space ? 1 : 0;
    }
    if (octet < 0xC2U || octet >= 0xF5U) {
        return 0;
    }
    if (octet < 0xE0U) {
        return 2;
    }
    return octet < 0xF0U ? 3 : 4;
}

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// Whether `text`, which may end within a character, is UTF-8 without controls.
bool is_text(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        const std::size_t length = character_bytes(text[i]);
        if (length == 0 || !std::ranges::all_of(text.substr(i + 1, length - 1), continues)) {
            return false;
        }
        i += length;
    }
    return !text.empty();
}

}  // namespace

std::string kind_of(std::string_view head, std::string_view tail) {
    if (head.starts_with("PK\x03\x04")) {
        for (const Member& member : kMembers) {
            if (tail.find(member.name) != std::string_view::npos) {
                return std::string{member.kind};
            }
        }
        return "application/zip";
    }
    // A text may begin like a picture ("BM…"); these two formats begin like a text.
    if (is_text(head) && !head.starts_with("%PDF-") && !head.starts_with("{\\rtf")) {
        return std::string{kText};
    }
    for (const Magic& magic : kMagics) {
        if (head.size() > magic.offset && head.substr(magic.offset).starts_with(magic.bytes)) {
            return std::string{magic.kind};
        }
    }
    return std::string{kUnknown};
}

bool may_be_text(std::string_view kind) {
    return kind == kText || kind == kUnknown;
}

}  // namespace duban::files
