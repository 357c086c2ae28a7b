// TLS with a certificate made for the occasion.

#include <array>
#include <cstdio>
#include <filesystem>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "http/internal/server_fixture.h"

namespace duban::http {
namespace {

using testing::HasSubstr;

template <auto Free>
struct Freeing {
    template <class T>
    void operator()(T* thing) const {
        Free(thing);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freeing<SSL_CTX_free>>;
using Bio = std::unique_ptr<BIO, Freeing<BIO_free_all>>;
using File = std::unique_ptr<std::FILE, Freeing<std::fclose>>;

/// Writes a self-signed certificate for "localhost" and its key.
void make_certificate(const std::string& certificate_file, const std::string& key_file) {
    const Key key{EVP_EC_gen("P-256")};
    const Certificate certificate{X509_new()};
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* const name = X509_get_subject_name(certificate.get());
    const auto* const host = reinterpret_cast<const unsigned char*>("localhost");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host, -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    ASSERT_GT(X509_sign(certificate.get(), key.get(), EVP_sha256()), 0);
    const File certificate_out{std::fopen(certificate_file.c_str(), "w")};
    PEM_write_X509(certificate_out.get(), certificate.get());
    const File key_out{std::fopen(key_file.c_str(), "w")};
    PEM_write_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
}

class TlsTest : public internal::ServerTest {
protected:
    void SetUp() override {
        folder_ = std::filesystem::path{testing::TempDir()} / "duban_http_tls_test";
        std::filesystem::create_directories(folder_);
        options_.tls_certificate_file = folder_ / "certificate.pem";
        options_.tls_key_file = folder_ / "key.pem";
        make_certificate(options_.tls_certificate_file, options_.tls_key_file);
        router_.add(Method::Post, "/echo", [](const Request& request, const PathParams&) {
            return text_response(200, (request.is_tls ? "tls " : "plain ") + request.body);
        });
        router_.add_events("/events", hub_, [](const Request&, const PathParams&) {
            return EventFeed{
                .wants = [](const Event&) { return true; },
                .is_allowed = {},
                .first = [] { return std::vector<Event>{{"", "hello", "", "first"}}; }
            };
        });
        start();
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    /// What the server answers to `text` until it closes.
    std::string say(const std::string& text, int newest = 0) {
        const Context context{SSL_CTX_new(TLS_client_method())};
        SSL_CTX_set_max_proto_version(context.get(), newest);
        SSL_CTX_set_security_level(context.get(), 0);
        const Bio bio{BIO_new_ssl_connect(context.get())};
        BIO_set_conn_hostname(bio.get(), ("127.0.0.1:" + std::to_string(port())).c_str());
        if (BIO_do_connect(bio.get()) <= 0) {
            ERR_clear_error();
            return "";
        }
        BIO_write(bio.get(), text.data(), static_cast<int>(text.size()));
        std::string out;
        std::array<char, 4096> piece{};
        for (int count = 1; count > 0;) {
            count = BIO_read(bio.get(), piece.data(), piece.size());
            out.append(piece.data(), static_cast<std::size_t>(std::max(count, 0)));
        }
        ERR_clear_error();
        return out;
    }

    std::filesystem::path folder_;
    EventHub hub_;
};

TEST_F(TlsTest, ARequestIsAnsweredAndTheBrowserToldToStayWithTls) {
    const std::string answer = say(
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi"
    );
    EXPECT_THAT(answer, HasSubstr("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, HasSubstr("Strict-Transport-Security: max-age="));
    EXPECT_TRUE(answer.ends_with("tls hi")) << answer;
}

TEST_F(TlsTest, ALargeBodyAndAnEventStreamGoThroughToo) {
    const std::string body(900'000, 'a');
    const std::string answer =
        say("POST /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
            "900000\r\n\r\n" +
            body);
    EXPECT_TRUE(answer.ends_with(body));
    std::jthread stopping{[this] {
        while (hub_.subscribers() == 0) {
            std::this_thread::yield();
        }
        server_->stop();
    }};
    EXPECT_THAT(say("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"), HasSubstr("data: first"));
}

TEST_F(TlsTest, OldProtocolsAndPlainTextAreTurnedAway) {
    EXPECT_EQ(say("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", TLS1_1_VERSION), "");
    TestClient plain{port()};
    EXPECT_NE(plain.get("/").status, 200);
}

}  // namespace
}  // namespace duban::http
