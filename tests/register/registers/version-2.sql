SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
CREATE SCHEMA certgen;
CREATE FUNCTION certgen.refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TABLE certgen.extract_lines (
    "extract" bigint NOT NULL,
    line bigint NOT NULL,
    amount text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE certgen.extracts (
    entry bigint NOT NULL,
    original text NOT NULL COLLATE pg_catalog."C",
    batch text NOT NULL COLLATE pg_catalog."C",
    serial text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    why text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE certgen.journal (
    entry bigint NOT NULL,
    act text NOT NULL COLLATE pg_catalog."C",
    serial text NOT NULL COLLATE pg_catalog."C",
    "time" text NOT NULL COLLATE pg_catalog."C",
    issue_date text NOT NULL COLLATE pg_catalog."C",
    "user" text NOT NULL COLLATE pg_catalog."C",
    machine text NOT NULL COLLATE pg_catalog."C",
    process bigint NOT NULL,
    command text NOT NULL COLLATE pg_catalog."C",
    version text NOT NULL COLLATE pg_catalog."C",
    form text NOT NULL COLLATE pg_catalog."C",
    edition text NOT NULL COLLATE pg_catalog."C",
    form_hash text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    input_sha256 text NOT NULL COLLATE pg_catalog."C",
    pdf_sha256 text NOT NULL COLLATE pg_catalog."C",
    previous_hash text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    other text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    data_sha256 text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    input_sha256_before text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    pdf_sha256_before text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE certgen.originals (
    original text NOT NULL COLLATE pg_catalog."C",
    line bigint NOT NULL,
    amount text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE certgen.papers (
    serial text NOT NULL COLLATE pg_catalog."C",
    paper text NOT NULL COLLATE pg_catalog."C",
    fields text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE certgen.pdf_pieces (
    pdf bigint NOT NULL,
    place bigint NOT NULL,
    piece bigint NOT NULL
);
CREATE TABLE certgen.pdfs (
    entry bigint NOT NULL,
    serial text NOT NULL COLLATE pg_catalog."C",
    sha256 text NOT NULL COLLATE pg_catalog."C",
    rest bytea NOT NULL
);
CREATE TABLE certgen.pieces (
    entry bigint NOT NULL,
    sha256 text NOT NULL COLLATE pg_catalog."C",
    content bytea NOT NULL
);
CREATE TABLE certgen.records (
    entry bigint NOT NULL,
    serial text NOT NULL COLLATE pg_catalog."C",
    series text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    issuer text NOT NULL COLLATE pg_catalog."C",
    form text NOT NULL COLLATE pg_catalog."C",
    exporter text NOT NULL COLLATE pg_catalog."C",
    reference text NOT NULL COLLATE pg_catalog."C",
    part text NOT NULL COLLATE pg_catalog."C",
    pattern text NOT NULL COLLATE pg_catalog."C",
    issue_date text NOT NULL COLLATE pg_catalog."C",
    edition text NOT NULL COLLATE pg_catalog."C",
    variant text NOT NULL COLLATE pg_catalog."C",
    form_hash text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    input_sha256 text NOT NULL COLLATE pg_catalog."C",
    workbook text NOT NULL COLLATE pg_catalog."C",
    output_name text NOT NULL COLLATE pg_catalog."C",
    output_folder text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    made_at text NOT NULL COLLATE pg_catalog."C",
    owner text NOT NULL COLLATE pg_catalog."C",
    lease_until text NOT NULL COLLATE pg_catalog."C",
    issued_at text COLLATE pg_catalog."C",
    pdf_sha256 text NOT NULL COLLATE pg_catalog."C",
    pages bigint NOT NULL,
    replaces text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    replaced_by text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    first_issue_date text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE certgen.register (
    application bigint NOT NULL,
    version bigint NOT NULL
);
INSERT INTO certgen.extract_lines ("extract", line, amount, unit) VALUES (1, 1, '40', 'kg');
INSERT INTO certgen.extract_lines ("extract", line, amount, unit) VALUES (2, 1, '60', 'kg');
INSERT INTO certgen.extracts (entry, original, batch, serial, fingerprint, status, why) VALUES (1, 'COI.CA-ORG-006.2026.0000004', '1', 'COI.CA-ORG-006.2026.0000004/1', '1111111111111111111111111111111111111111111111111111111111111111', 'void', 'weighed wrongly');
INSERT INTO certgen.extracts (entry, original, batch, serial, fingerprint, status, why) VALUES (2, 'COI.CA-ORG-006.2026.0000004', '1', 'COI.CA-ORG-006.2026.0000004/1', '9999999999999999999999999999999999999999999999999999999999999999', 'issued', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (1, 'reserve', 'COI.CA-ORG-006.2026.0000001', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '', '', '8fab734e9134313aeadf8a891f22c306307640c292026b00a4ebcc1e39a681f5', '', '', '72d1d9894913f2938a243c3641b1d4bd9fe28a32a033043f80d22b5df4da2d62', '', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (2, 'reserve', 'COI.CA-ORG-006.2026.0000002', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '', '8fab734e9134313aeadf8a891f22c306307640c292026b00a4ebcc1e39a681f5', '386287b75a0ac4a22fef4476c41afee2759a1efec5122164baff5da397543905', '', '', '61fa131d3183baecaecbd8a121c11d21052bff76cf6b877cdd05e943b79151c4', '', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (3, 'reserve', 'COI.CA-ORG-006.2026.0000003', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '', '386287b75a0ac4a22fef4476c41afee2759a1efec5122164baff5da397543905', '283d425c93e6686f5a3a92d21759a61af2ff416a27fef5a3ac77563aa3cfd1f2', '', '', 'bb614cdc7d0dcfbdacf90a2b757b04472c5c4efb3bbd3b993bd127dbc790172f', '', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (4, 'reserve', 'COI.CA-ORG-006.2026.0000004', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '', '283d425c93e6686f5a3a92d21759a61af2ff416a27fef5a3ac77563aa3cfd1f2', '1a83396d952d974568a2ce3c99678caf64c2089d0b8d9b778a3d0dc46e9bc0b3', '', '', '6594236ab3c16f2b2c4f1b33a888f1f84c45e6380133209bcbce2c9763ba6bf6', '', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (5, 'issue', 'COI.CA-ORG-006.2026.0000001', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'c2cbeeff4dc089a6105b43fe4aa19cb25b43a9e7849e1ddc4c369df9f8982c1e', '1a83396d952d974568a2ce3c99678caf64c2089d0b8d9b778a3d0dc46e9bc0b3', '6c0ebeb2d3109a6757b4f3afbd5716bea0c9feec38cb19eb90e5adbc57e741fe', '', '', '72d1d9894913f2938a243c3641b1d4bd9fe28a32a033043f80d22b5df4da2d62', '', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (6, 'issue', 'COI.CA-ORG-006.2026.0000002', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '2adc13f255d64a932e6c1651a086f74854a16753923cadc605a4043fce47deb3', '6c0ebeb2d3109a6757b4f3afbd5716bea0c9feec38cb19eb90e5adbc57e741fe', '80d835741ef453ce40735ded94f7d679d3c852e2becc9c5ed2058dd5c10d34ab', '', '', '61fa131d3183baecaecbd8a121c11d21052bff76cf6b877cdd05e943b79151c4', '', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (7, 'issue', 'COI.CA-ORG-006.2026.0000003', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '7ebc39d11dd487bdd48acd66e9080e001a6d6cb45799095ab4f333f37bb4d08d', '80d835741ef453ce40735ded94f7d679d3c852e2becc9c5ed2058dd5c10d34ab', '95ab44054691e42f3d175c6aa29ec30217ce75553a8145780ed7a3594f7d368d', '', '', 'bb614cdc7d0dcfbdacf90a2b757b04472c5c4efb3bbd3b993bd127dbc790172f', '', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (8, 'issue', 'COI.CA-ORG-006.2026.0000004', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '7d5d2e853b62ee56a384880b8122dbc9fb3fe90296f81682c7d6b997f8116d30', '95ab44054691e42f3d175c6aa29ec30217ce75553a8145780ed7a3594f7d368d', 'de5ad2f443822c1b5b9b55705509996f0393f346afb4e4d54260d80a2b5ec417', '', '', '6594236ab3c16f2b2c4f1b33a888f1f84c45e6380133209bcbce2c9763ba6bf6', '', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (9, 'void', 'COI.CA-ORG-006.2026.0000002', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '2adc13f255d64a932e6c1651a086f74854a16753923cadc605a4043fce47deb3', 'de5ad2f443822c1b5b9b55705509996f0393f346afb4e4d54260d80a2b5ec417', 'ea482f7165056a113e6c662bfd1a2f10b8a99b8e2352652dea55eed0e4ad74bd', '', 'cancelled', '61fa131d3183baecaecbd8a121c11d21052bff76cf6b877cdd05e943b79151c4', '', '2adc13f255d64a932e6c1651a086f74854a16753923cadc605a4043fce47deb3');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (10, 'reserve', 'COI.CA-ORG-006.2026.0000005', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '', 'ea482f7165056a113e6c662bfd1a2f10b8a99b8e2352652dea55eed0e4ad74bd', '569a4c3ca4184e793e682facb4b40df74a34365d62d5883b57c44d54e5de403e', 'COI.CA-ORG-006.2026.0000003', 'misspelt', '38f585280dc83a9e2d1eb35f22d3c91f2675b7342394e494eaf7588a07e6b59d', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (11, 'replace', 'COI.CA-ORG-006.2026.0000003', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '7ebc39d11dd487bdd48acd66e9080e001a6d6cb45799095ab4f333f37bb4d08d', '569a4c3ca4184e793e682facb4b40df74a34365d62d5883b57c44d54e5de403e', 'b1c3dcf049af5b7acc42f3693ee3d87682d008dfdccd3a2a192ecd3b891b7948', 'COI.CA-ORG-006.2026.0000005', 'misspelt', 'bb614cdc7d0dcfbdacf90a2b757b04472c5c4efb3bbd3b993bd127dbc790172f', '', '7ebc39d11dd487bdd48acd66e9080e001a6d6cb45799095ab4f333f37bb4d08d');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (12, 'issue', 'COI.CA-ORG-006.2026.0000005', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'f8a283dd014fa662575fe0f7259c761075018e5e5dd8f00ef88cde7fcd627119', 'b1c3dcf049af5b7acc42f3693ee3d87682d008dfdccd3a2a192ecd3b891b7948', '4e337d4297520b59b3c05625de758e98c17b1f94c7b2e8805faefb7e74fb38d8', 'COI.CA-ORG-006.2026.0000003', '', '38f585280dc83a9e2d1eb35f22d3c91f2675b7342394e494eaf7588a07e6b59d', '', '7ebc39d11dd487bdd48acd66e9080e001a6d6cb45799095ab4f333f37bb4d08d');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (13, 'extract', 'COI.CA-ORG-006.2026.0000004/1', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', '1111111111111111111111111111111111111111111111111111111111111111', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', '4e337d4297520b59b3c05625de758e98c17b1f94c7b2e8805faefb7e74fb38d8', '578b46c692d41d579857383b63f382de6bc1369f4dffd33481c77d9b1d58bdb8', 'COI.CA-ORG-006.2026.0000004', '', '8a3e48796ab61b32490435d02014a14f29580f9707354ce3b454ff181f987895', '', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (14, 'void', 'COI.CA-ORG-006.2026.0000004/1', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', '1111111111111111111111111111111111111111111111111111111111111111', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', '578b46c692d41d579857383b63f382de6bc1369f4dffd33481c77d9b1d58bdb8', 'a05e62eb43dabe6efeb15c3a63a39dc6fcd8856ccf654ec6db3b407dbcf61b71', 'COI.CA-ORG-006.2026.0000004', 'weighed wrongly', '8a3e48796ab61b32490435d02014a14f29580f9707354ce3b454ff181f987895', '', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (15, 'extract', 'COI.CA-ORG-006.2026.0000004/1', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', '9999999999999999999999999999999999999999999999999999999999999999', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', 'a05e62eb43dabe6efeb15c3a63a39dc6fcd8856ccf654ec6db3b407dbcf61b71', '5cf87de64f2279612db2c9c95f9e2290b5347bed3bf6e0bca5e26536c8d31eb9', 'COI.CA-ORG-006.2026.0000004', '', '8a3e48796ab61b32490435d02014a14f29580f9707354ce3b454ff181f987895', '', '');
INSERT INTO certgen.journal (entry, act, serial, "time", issue_date, "user", machine, process, command, version, form, edition, form_hash, fingerprint, input_sha256, pdf_sha256, previous_hash, hash, other, why, data_sha256, input_sha256_before, pdf_sha256_before) VALUES (16, 'reserve', 'COI.CA-ORG-006.2026.0000006', '2026-03-02T12:00:00.000000+00:00', '2026-03-02', 'anna', 'desk-1', 4711, 'certgen fill shipment.xlsx', '0.1.0', 'coi', '2023', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '', '5cf87de64f2279612db2c9c95f9e2290b5347bed3bf6e0bca5e26536c8d31eb9', '9c4d41d03342d4b95333fac2b2be12ee895ca1f88c6c3b502f0ce7f8409b9ef0', '', '', '702ad728df72504b84cd578aab5cca7ef43a7a39ded4cb4accd60d898a5febe7', '', '');
INSERT INTO certgen.originals (original, line, amount, unit) VALUES ('COI.CA-ORG-006.2026.0000004', 1, '100', 'kg');
INSERT INTO certgen.papers (serial, paper, fields) VALUES ('COI.CA-ORG-006.2026.0000001', '{"exporter": "Żółta & Сын"}', '{"exporter.name": "1", "products.lots": "2"}');
INSERT INTO certgen.papers (serial, paper, fields) VALUES ('COI.CA-ORG-006.2026.0000002', '{"exporter": "Żółta & Сын"}', '{"exporter.name": "1", "products.lots": "2"}');
INSERT INTO certgen.papers (serial, paper, fields) VALUES ('COI.CA-ORG-006.2026.0000003', '{"exporter": "Żółta & Сын"}', '{"exporter.name": "1", "products.lots": "2"}');
INSERT INTO certgen.papers (serial, paper, fields) VALUES ('COI.CA-ORG-006.2026.0000004', '{"exporter": "Żółta & Сын"}', '{"exporter.name": "1", "products.lots": "2"}');
INSERT INTO certgen.papers (serial, paper, fields) VALUES ('COI.CA-ORG-006.2026.0000005', '{"exporter": "Żółta & Son"}', '{"exporter.name": "1", "products.lots": "2"}');
INSERT INTO certgen.papers (serial, paper, fields) VALUES ('COI.CA-ORG-006.2026.0000006', '{"exporter": "Żółta & Сын"}', '{"exporter.name": "1", "products.lots": "2"}');
INSERT INTO certgen.pdf_pieces (pdf, place, piece) VALUES (1, 39, 1);
INSERT INTO certgen.pdf_pieces (pdf, place, piece) VALUES (2, 39, 1);
INSERT INTO certgen.pdf_pieces (pdf, place, piece) VALUES (3, 39, 1);
INSERT INTO certgen.pdf_pieces (pdf, place, piece) VALUES (4, 39, 1);
INSERT INTO certgen.pdfs (entry, serial, sha256, rest) VALUES (1, 'COI.CA-ORG-006.2026.0000001', 'c2cbeeff4dc089a6105b43fe4aa19cb25b43a9e7849e1ddc4c369df9f8982c1e', '\x789c530d70715370f6f7d47376d4f50f72d7353030d333323032d33300034385e292a2d4c45c00b4d409a8');
INSERT INTO certgen.pdfs (entry, serial, sha256, rest) VALUES (2, 'COI.CA-ORG-006.2026.0000002', '2adc13f255d64a932e6c1651a086f74854a16753923cadc605a4043fce47deb3', '\x789c530d70715370f6f7d47376d4f50f72d7353030d333323032d33300032385e292a2d4c45c00b4dc09a9');
INSERT INTO certgen.pdfs (entry, serial, sha256, rest) VALUES (3, 'COI.CA-ORG-006.2026.0000003', '7ebc39d11dd487bdd48acd66e9080e001a6d6cb45799095ab4f333f37bb4d08d', '\x789c530d70715370f6f7d47376d4f50f72d7353030d333323032d33300036385e292a2d4c45c00b4e409aa');
INSERT INTO certgen.pdfs (entry, serial, sha256, rest) VALUES (4, 'COI.CA-ORG-006.2026.0000004', '7d5d2e853b62ee56a384880b8122dbc9fb3fe90296f81682c7d6b997f8116d30', '\x789c530d70715370f6f7d47376d4f50f72d7353030d333323032d33300031385e292a2d4c45c00b4ec09ab');
INSERT INTO certgen.pdfs (entry, serial, sha256, rest) VALUES (5, 'COI.CA-ORG-006.2026.0000005', 'f8a283dd014fa662575fe0f7259c761075018e5e5dd8f00ef88cde7fcd627119', '\x789c530d707153c84b2d07000961026a');
INSERT INTO certgen.pieces (entry, sha256, content) VALUES (1, '2d7b7b50a8ecadd6441793cc6468bd4947397a859846183ec2d464abe58e3d09', '\x789c4bcbcf2b491bc5a3781463c5a97929c52545a989b900c3ca5acb');
INSERT INTO certgen.records (entry, serial, series, number, issuer, form, exporter, reference, part, pattern, issue_date, edition, variant, form_hash, fingerprint, input_sha256, workbook, output_name, output_folder, status, made_at, owner, lease_until, issued_at, pdf_sha256, pages, replaces, replaced_by, first_issue_date, why) VALUES (1, 'COI.CA-ORG-006.2026.0000001', 'COI.CA-ORG-006.2026.{number}', 1, 'CA-ORG-006', 'coi', 'red river', 'S-1', '', 'COI.CA-ORG-006.2026.{number:07}', '2026-03-02', '2023', '', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'shipment.xlsx', '{serial}.pdf', '/home/anna/certificates', 'issued', '2026-03-02T12:00:00.000000+00:00', '{"command": "certgen fill shipment.xlsx", "machine": "desk-1", "process": 4711, "started": "boot/pid/1", "user": "anna", "version": "0.1.0"}', '2026-03-02T12:01:00.000000+00:00', '2026-03-02T12:00:00.000000+00:00', 'c2cbeeff4dc089a6105b43fe4aa19cb25b43a9e7849e1ddc4c369df9f8982c1e', 2, '', '', '', '');
INSERT INTO certgen.records (entry, serial, series, number, issuer, form, exporter, reference, part, pattern, issue_date, edition, variant, form_hash, fingerprint, input_sha256, workbook, output_name, output_folder, status, made_at, owner, lease_until, issued_at, pdf_sha256, pages, replaces, replaced_by, first_issue_date, why) VALUES (4, 'COI.CA-ORG-006.2026.0000004', 'COI.CA-ORG-006.2026.{number}', 4, 'CA-ORG-006', 'coi', 'red river', 'S-4', '', 'COI.CA-ORG-006.2026.{number:07}', '2026-03-02', '2023', '', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'shipment.xlsx', '{serial}.pdf', '/home/anna/certificates', 'issued', '2026-03-02T12:00:00.000000+00:00', '{"command": "certgen fill shipment.xlsx", "machine": "desk-1", "process": 4711, "started": "boot/pid/1", "user": "anna", "version": "0.1.0"}', '2026-03-02T12:01:00.000000+00:00', '2026-03-02T12:00:00.000000+00:00', '7d5d2e853b62ee56a384880b8122dbc9fb3fe90296f81682c7d6b997f8116d30', 2, '', '', '', '');
INSERT INTO certgen.records (entry, serial, series, number, issuer, form, exporter, reference, part, pattern, issue_date, edition, variant, form_hash, fingerprint, input_sha256, workbook, output_name, output_folder, status, made_at, owner, lease_until, issued_at, pdf_sha256, pages, replaces, replaced_by, first_issue_date, why) VALUES (2, 'COI.CA-ORG-006.2026.0000002', 'COI.CA-ORG-006.2026.{number}', 2, 'CA-ORG-006', 'coi', 'red river', 'S-2', '', 'COI.CA-ORG-006.2026.{number:07}', '2026-03-02', '2023', '', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'shipment.xlsx', '{serial}.pdf', '/home/anna/certificates', 'void', '2026-03-02T12:00:00.000000+00:00', '{"command": "certgen fill shipment.xlsx", "machine": "desk-1", "process": 4711, "started": "boot/pid/1", "user": "anna", "version": "0.1.0"}', '2026-03-02T12:01:00.000000+00:00', '2026-03-02T12:00:00.000000+00:00', '2adc13f255d64a932e6c1651a086f74854a16753923cadc605a4043fce47deb3', 2, '', '', '', 'cancelled');
INSERT INTO certgen.records (entry, serial, series, number, issuer, form, exporter, reference, part, pattern, issue_date, edition, variant, form_hash, fingerprint, input_sha256, workbook, output_name, output_folder, status, made_at, owner, lease_until, issued_at, pdf_sha256, pages, replaces, replaced_by, first_issue_date, why) VALUES (3, 'COI.CA-ORG-006.2026.0000003', 'COI.CA-ORG-006.2026.{number}', 3, 'CA-ORG-006', 'coi', 'red river', 'S-3', '', 'COI.CA-ORG-006.2026.{number:07}', '2026-03-02', '2023', '', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'shipment.xlsx', '{serial}.pdf', '/home/anna/certificates', 'replaced', '2026-03-02T12:00:00.000000+00:00', '{"command": "certgen fill shipment.xlsx", "machine": "desk-1", "process": 4711, "started": "boot/pid/1", "user": "anna", "version": "0.1.0"}', '2026-03-02T12:01:00.000000+00:00', '2026-03-02T12:00:00.000000+00:00', '7ebc39d11dd487bdd48acd66e9080e001a6d6cb45799095ab4f333f37bb4d08d', 2, '', 'COI.CA-ORG-006.2026.0000005', '', 'misspelt');
INSERT INTO certgen.records (entry, serial, series, number, issuer, form, exporter, reference, part, pattern, issue_date, edition, variant, form_hash, fingerprint, input_sha256, workbook, output_name, output_folder, status, made_at, owner, lease_until, issued_at, pdf_sha256, pages, replaces, replaced_by, first_issue_date, why) VALUES (5, 'COI.CA-ORG-006.2026.0000005', 'COI.CA-ORG-006.2026.{number}', 5, 'CA-ORG-006', 'coi', 'red river', 'S-3', '', 'COI.CA-ORG-006.2026.{number:07}', '2026-03-02', '2023', '', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'shipment.xlsx', '{serial}.pdf', '/home/anna/certificates', 'issued', '2026-03-02T12:00:00.000000+00:00', '{"command": "certgen fill shipment.xlsx", "machine": "desk-1", "process": 4711, "started": "boot/pid/1", "user": "anna", "version": "0.1.0"}', '2026-03-02T12:01:00.000000+00:00', '2026-03-02T12:00:00.000000+00:00', 'f8a283dd014fa662575fe0f7259c761075018e5e5dd8f00ef88cde7fcd627119', 2, 'COI.CA-ORG-006.2026.0000003', '', '2026-03-02', '');
INSERT INTO certgen.records (entry, serial, series, number, issuer, form, exporter, reference, part, pattern, issue_date, edition, variant, form_hash, fingerprint, input_sha256, workbook, output_name, output_folder, status, made_at, owner, lease_until, issued_at, pdf_sha256, pages, replaces, replaced_by, first_issue_date, why) VALUES (6, 'COI.CA-ORG-006.2026.0000006', 'COI.CA-ORG-006.2026.{number}', 6, 'CA-ORG-006', 'coi', 'red river', 'S-5', '', 'COI.CA-ORG-006.2026.{number:07}', '2026-03-02', '2023', '', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'shipment.xlsx', '{serial}.pdf', '/home/anna/certificates', 'pending', '2026-03-02T12:00:00.000000+00:00', '{"command": "certgen fill shipment.xlsx", "machine": "desk-1", "process": 4711, "started": "boot/pid/1", "user": "anna", "version": "0.1.0"}', '2026-03-02T12:01:00.000000+00:00', NULL, '', 0, '', '', '', '');
INSERT INTO certgen.register (application, version) VALUES (1667722866, 2);
ALTER TABLE ONLY certgen.extract_lines
    ADD CONSTRAINT extract_lines_pkey PRIMARY KEY ("extract", line);
ALTER TABLE ONLY certgen.extracts
    ADD CONSTRAINT extracts_pkey PRIMARY KEY (entry);
ALTER TABLE ONLY certgen.journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY (entry);
ALTER TABLE ONLY certgen.originals
    ADD CONSTRAINT originals_pkey PRIMARY KEY (original, line);
ALTER TABLE ONLY certgen.papers
    ADD CONSTRAINT papers_pkey PRIMARY KEY (serial);
ALTER TABLE ONLY certgen.pdf_pieces
    ADD CONSTRAINT pdf_pieces_pkey PRIMARY KEY (pdf, place);
ALTER TABLE ONLY certgen.pdfs
    ADD CONSTRAINT pdfs_pkey PRIMARY KEY (entry);
ALTER TABLE ONLY certgen.pdfs
    ADD CONSTRAINT pdfs_serial_sha256_key UNIQUE (serial, sha256);
ALTER TABLE ONLY certgen.pieces
    ADD CONSTRAINT pieces_pkey PRIMARY KEY (entry);
ALTER TABLE ONLY certgen.pieces
    ADD CONSTRAINT pieces_sha256_key UNIQUE (sha256);
ALTER TABLE ONLY certgen.records
    ADD CONSTRAINT records_pkey PRIMARY KEY (entry);
ALTER TABLE ONLY certgen.records
    ADD CONSTRAINT records_serial_key UNIQUE (serial);
ALTER TABLE ONLY certgen.records
    ADD CONSTRAINT records_series_number_key UNIQUE (series, number);
CREATE INDEX extracts_by_original ON certgen.extracts USING btree (original);
CREATE UNIQUE INDEX extracts_in_force ON certgen.extracts USING btree (serial) WHERE (status = 'issued'::text);
CREATE INDEX journal_by_serial ON certgen.journal USING btree (serial);
CREATE INDEX records_by_date ON certgen.records USING btree (issue_date);
CREATE INDEX records_by_form ON certgen.records USING btree (form);
CREATE INDEX records_by_key ON certgen.records USING btree (reference, exporter, form);
CREATE INDEX records_by_number ON certgen.records USING btree (number);
CREATE INDEX records_by_series_date ON certgen.records USING btree (series, issue_date);
CREATE INDEX records_by_status ON certgen.records USING btree (status);
CREATE UNIQUE INDEX records_in_force ON certgen.records USING btree (issuer, form, exporter, reference, part) WHERE (status = ANY (ARRAY['pending'::text, 'issued'::text, 'depleted'::text]));
CREATE INDEX records_pending ON certgen.records USING btree (entry) WHERE (status = 'pending'::text);
CREATE TRIGGER extract_lines_no_delete BEFORE DELETE OR TRUNCATE ON certgen.extract_lines FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever deleted');
CREATE TRIGGER extract_lines_no_update BEFORE UPDATE ON certgen.extract_lines FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever rewritten');
CREATE TRIGGER extracts_no_delete BEFORE DELETE OR TRUNCATE ON certgen.extracts FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever deleted');
CREATE TRIGGER journal_no_delete BEFORE DELETE OR TRUNCATE ON certgen.journal FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever deleted');
CREATE TRIGGER journal_no_update BEFORE UPDATE ON certgen.journal FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever rewritten');
CREATE TRIGGER originals_no_delete BEFORE DELETE OR TRUNCATE ON certgen.originals FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever deleted');
CREATE TRIGGER originals_no_update BEFORE UPDATE ON certgen.originals FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever rewritten');
CREATE TRIGGER papers_no_delete BEFORE DELETE OR TRUNCATE ON certgen.papers FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever deleted');
CREATE TRIGGER pdf_pieces_no_delete BEFORE DELETE OR TRUNCATE ON certgen.pdf_pieces FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever deleted');
CREATE TRIGGER pdf_pieces_no_update BEFORE UPDATE ON certgen.pdf_pieces FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever rewritten');
CREATE TRIGGER pdfs_no_delete BEFORE DELETE OR TRUNCATE ON certgen.pdfs FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever deleted');
CREATE TRIGGER pdfs_no_update BEFORE UPDATE ON certgen.pdfs FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever rewritten');
CREATE TRIGGER pieces_no_delete BEFORE DELETE OR TRUNCATE ON certgen.pieces FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever deleted');
CREATE TRIGGER pieces_no_update BEFORE UPDATE ON certgen.pieces FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever rewritten');
CREATE TRIGGER records_no_delete BEFORE DELETE OR TRUNCATE ON certgen.records FOR EACH STATEMENT EXECUTE FUNCTION certgen.refuse('nothing in a register is ever deleted');
ALTER TABLE ONLY certgen.extract_lines
    ADD CONSTRAINT extract_lines_extract_fkey FOREIGN KEY ("extract") REFERENCES certgen.extracts(entry);
ALTER TABLE ONLY certgen.papers
    ADD CONSTRAINT papers_serial_fkey FOREIGN KEY (serial) REFERENCES certgen.records(serial);
ALTER TABLE ONLY certgen.pdf_pieces
    ADD CONSTRAINT pdf_pieces_pdf_fkey FOREIGN KEY (pdf) REFERENCES certgen.pdfs(entry);
ALTER TABLE ONLY certgen.pdf_pieces
    ADD CONSTRAINT pdf_pieces_piece_fkey FOREIGN KEY (piece) REFERENCES certgen.pieces(entry);
ALTER TABLE ONLY certgen.pdfs
    ADD CONSTRAINT pdfs_serial_fkey FOREIGN KEY (serial) REFERENCES certgen.records(serial);
