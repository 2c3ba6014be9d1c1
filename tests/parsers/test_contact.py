"""Contacts: what is labelled, and nothing else."""

from __future__ import annotations

from parsers.contact import find_contact


def test_a_contact_in_one_sentence() -> None:
    text = (
        "本报告电子版可在青石县人民政府网站（www.qingshi.gov.cn）查阅或下载。请与办公室联系（地址：青石县河东路 9号；"
        "邮编：123456；电话：0999-8000001；传真：0999—8000002；电子邮箱：gkb_1@example.gov.cn）。"
    )
    assert find_contact(text) == {
        "address": "青石县河东路9号",
        "postcode": "123456",
        "phone": "0999-8000001",
        "fax": "0999-8000002",
        "email": "gkb_1@example.gov.cn",
        "website": "www.qingshi.gov.cn",
    }


def test_an_unmatched_bracket_after_a_number() -> None:
    found = find_contact("联系电话：0999—8000001，传真：0999-8000002)，邮编：123456。")
    assert found == {"phone": "0999-8000001", "fax": "0999-8000002", "postcode": "123456"}


def test_one_number_for_both() -> None:
    assert find_contact("电话（传真）：0999-8000001") == {"phone": "0999-8000001", "fax": "0999-8000001"}


def test_hotlines_and_counts_are_no_contact() -> None:
    assert find_contact("12345热线共受理电话1882件，监督电话：0999-1111111，热线电话：12345。") == {}
    assert find_contact("通过门户网站公开信息6491条。") == {}
