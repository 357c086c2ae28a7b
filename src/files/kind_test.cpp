#include "files/internal/kind.h"

#include <gtest/gtest.h>

namespace duban::files {

namespace {

TEST(Kind, IsFoundByContent) {
    EXPECT_EQ(kind_of("%PDF-1.7\n", ""), "application/pdf");
    EXPECT_EQ(kind_of("\x89PNG\r\n\x1a\n\x01", ""), "image/png");
    EXPECT_EQ(kind_of("\xff\xd8\xff\xe0", ""), "image/jpeg");
    EXPECT_EQ(kind_of("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""), "application/x-ole-storage");
}

TEST(Kind, OfAnArchiveIsToldByItsDirectory) {
    const std::string_view head{"PK\x03\x04\x14"};
    EXPECT_TRUE(kind_of(head, "…xl/workbook.xml…").ends_with("spreadsheetml.sheet"));
    EXPECT_TRUE(kind_of(head, "…word/document.xml…").ends_with("wordprocessingml.document"));
    EXPECT_EQ(kind_of(head, "OFD.xml"), "application/ofd");
    EXPECT_EQ(kind_of(head, "a.txt"), "application/zip");
}

TEST(Kind, WhatABrowserCouldRunIsPlainText) {
    EXPECT_EQ(kind_of("<script>alert(1)</script>", ""), "text/plain");
    EXPECT_EQ(kind_of("<?xml version=\"1.0\"?><svg/>", ""), "text/plain");
    EXPECT_EQ(kind_of("BMW is a text", ""), "text/plain");
}

TEST(Kind, TextMayEndWithinACharacterAndHoldsNoControl) {
    EXPECT_EQ(kind_of("caf\xc3\xa9", ""), "text/plain");
    EXPECT_EQ(kind_of("caf\xc3", ""), "text/plain");
    EXPECT_EQ(kind_of("caf\xc3(", ""), "application/octet-stream");
    EXPECT_EQ(kind_of(std::string_view{"a\0b", 3}, ""), "application/octet-stream");
    EXPECT_EQ(kind_of("", ""), "application/octet-stream");
}

}  // namespace

}  // namespace duban::files
