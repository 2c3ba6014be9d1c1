"""The scans that the tests read: what was asked for is what comes out."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from tests.parsers.pdfs import Sheet
from tests.parsers.scans import Pack, make_scan


@pytest.fixture(scope="module")
def two_pages() -> bytes:
    sheet = Sheet()
    sheet.write(50, 50, "一")
    sheet.next_page()
    sheet.write(50, 50, "二")
    return sheet.bytes()


def test_a_scan_is_a_pdf_of_pictures_as_large_as_the_pages(two_pages: bytes) -> None:
    scan = pypdfium2.PdfDocument(make_scan(two_pages, dpi=100, noise=5, jpeg=70))
    assert [page.get_textpage().count_chars() for page in scan] == [0, 0]
    assert scan[1].get_size() == pytest.approx((595.3, 841.9), abs=1)


def test_the_same_seed_gives_the_same_bytes_and_another_others(two_pages: bytes) -> None:
    first = make_scan(two_pages, dpi=60, noise=5, seed=1)
    assert first == make_scan(two_pages, dpi=60, noise=5, seed=1) != make_scan(two_pages, dpi=60, noise=5, seed=2)


def test_a_turned_page_has_its_text_elsewhere(two_pages: bytes) -> None:
    straight, turned = (
        np.asarray(Image.open(BytesIO(make_scan(two_pages, dpi=60, degrees=degrees, pack="tiff"))))
        for degrees in (0, 90)
    )
    assert np.array_equal(np.rot90(straight, -1), turned)


@pytest.mark.parametrize(("pack", "frames"), [("png", 1), ("jpeg", 1), ("tiff", 2), ("bmp", 1), ("gif", 1)])
def test_pictures_hold_all_pages(two_pages: bytes, pack: Pack, frames: int) -> None:
    picture = Image.open(BytesIO(make_scan(two_pages, dpi=60, pack=pack)))
    assert picture.format == pack.upper()
    assert getattr(picture, "n_frames", 1) == frames
    assert picture.height == pytest.approx(702 * 2 / frames, abs=2)
