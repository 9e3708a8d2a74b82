"""Step 8: 共建单位和共建协议. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 8
TITLE = "共建单位和共建协议"

SQLITE = (
    """
CREATE TABLE agreement (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_agreement_number_length CHECK (length(number) <= 40),
	partner BLOB,
	partner_name TEXT NOT NULL CONSTRAINT ck_agreement_partner_name_length CHECK (length(partner_name) <= 100),
	party_a TEXT NOT NULL CONSTRAINT ck_agreement_party_a_length CHECK (length(party_a) <= 100),
	a_head TEXT NOT NULL CONSTRAINT ck_agreement_a_head_length CHECK (length(a_head) <= 60),
	a_liaison TEXT NOT NULL CONSTRAINT ck_agreement_a_liaison_length CHECK (length(a_liaison) <= 60),
	a_phone TEXT NOT NULL,
	party_b TEXT NOT NULL CONSTRAINT ck_agreement_party_b_length CHECK (length(party_b) <= 100),
	credit_code TEXT NOT NULL CONSTRAINT ck_agreement_credit_code_length CHECK (length(credit_code) <= 18),
	b_head TEXT NOT NULL CONSTRAINT ck_agreement_b_head_length CHECK (length(b_head) <= 60),
	b_liaison TEXT NOT NULL CONSTRAINT ck_agreement_b_liaison_length CHECK (length(b_liaison) <= 60),
	b_phone TEXT NOT NULL,
	signed_on TEXT,
	starts_on TEXT,
	ends_on TEXT,
	goals TEXT NOT NULL CONSTRAINT ck_agreement_goals_length CHECK (length(goals) <= 2000),
	contents TEXT NOT NULL,
	contents_words TEXT NOT NULL CONSTRAINT ck_agreement_contents_words_length CHECK (length(contents_words) <= 2000),
	a_duties TEXT NOT NULL CONSTRAINT ck_agreement_a_duties_length CHECK (length(a_duties) <= 2000),
	b_duties TEXT NOT NULL CONSTRAINT ck_agreement_b_duties_length CHECK (length(b_duties) <= 2000),
	demand_every TEXT NOT NULL CONSTRAINT ck_agreement_demand_every_known CHECK (demand_every IN ('month', 'quarter', 'half_year', 'year')),
	platform TEXT NOT NULL CONSTRAINT ck_agreement_platform_length CHECK (length(platform) <= 200),
	venues TEXT NOT NULL CONSTRAINT ck_agreement_venues_length CHECK (length(venues) <= 200),
	promises TEXT NOT NULL,
	meeting_every TEXT CONSTRAINT ck_agreement_meeting_every_known CHECK (meeting_every IN ('month', 'quarter', 'half_year', 'year')),
	quarterly_report INTEGER NOT NULL,
	notice_days INTEGER NOT NULL,
	changes_words TEXT NOT NULL CONSTRAINT ck_agreement_changes_words_length CHECK (length(changes_words) <= 2000),
	copies INTEGER NOT NULL,
	copies_each INTEGER NOT NULL,
	filed_with TEXT NOT NULL CONSTRAINT ck_agreement_filed_with_length CHECK (length(filed_with) <= 200),
	scans TEXT NOT NULL,
	supplements TEXT NOT NULL,
	renewal_of BLOB,
	renewed_by BLOB,
	ended_on TEXT,
	end_reason TEXT NOT NULL CONSTRAINT ck_agreement_end_reason_length CHECK (length(end_reason) <= 200),
	state TEXT NOT NULL CONSTRAINT ck_agreement_state_known CHECK (state IN ('draft', 'signed', 'ended', 'renewed')),
	steps TEXT NOT NULL,
	remark TEXT NOT NULL CONSTRAINT ck_agreement_remark_length CHECK (length(remark) <= 2000),
	scan_count INTEGER NOT NULL,
	supplement_count INTEGER NOT NULL,
	CONSTRAINT pk_agreement PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_agreement_ended_on ON agreement (ended_on) WHERE deleted_at IS NULL AND state = 'ended'
""",
    """
CREATE INDEX ix_agreement_last_day ON agreement (ends_on, uid) WHERE deleted_at IS NULL AND state = 'signed'
""",
    """
CREATE INDEX ix_agreement_listed ON agreement (created_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_agreement_partner ON agreement (partner, created_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_agreement_renewal ON agreement (renewal_of) WHERE deleted_at IS NULL AND renewal_of IS NOT NULL
""",
    """
CREATE INDEX ix_agreement_signed_on ON agreement (signed_on) WHERE deleted_at IS NULL AND signed_on IS NOT NULL
""",
    """
CREATE INDEX ix_agreement_state ON agreement (state, created_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_agreement_number ON agreement (number)
""",
    """
CREATE TABLE partner (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_partner_number_length CHECK (length(number) <= 40),
	name TEXT NOT NULL CONSTRAINT ck_partner_name_length CHECK (length(name) <= 100),
	short_name TEXT NOT NULL CONSTRAINT ck_partner_short_name_length CHECK (length(short_name) <= 100),
	credit_code TEXT NOT NULL CONSTRAINT ck_partner_credit_code_length CHECK (length(credit_code) <= 18),
	unit_kind TEXT NOT NULL CONSTRAINT ck_partner_unit_kind_known CHECK (unit_kind IN ('organ', 'institution', 'state_firm', 'private_firm', 'school', 'hospital', 'bank', 'social', 'property', 'other')),
	party_organisation TEXT NOT NULL CONSTRAINT ck_partner_party_organisation_length CHECK (length(party_organisation) <= 200),
	address TEXT NOT NULL CONSTRAINT ck_partner_address_length CHECK (length(address) <= 200),
	head TEXT NOT NULL CONSTRAINT ck_partner_head_length CHECK (length(head) <= 120),
	head_phone TEXT NOT NULL,
	liaison TEXT NOT NULL CONSTRAINT ck_partner_liaison_length CHECK (length(liaison) <= 120),
	liaison_phone TEXT NOT NULL,
	contacts TEXT NOT NULL,
	specialities TEXT NOT NULL CONSTRAINT ck_partner_specialities_length CHECK (length(specialities) <= 2000),
	compounds TEXT NOT NULL,
	former_names TEXT NOT NULL,
	since TEXT,
	until TEXT,
	end_reason TEXT NOT NULL CONSTRAINT ck_partner_end_reason_length CHECK (length(end_reason) <= 200),
	remark TEXT NOT NULL CONSTRAINT ck_partner_remark_length CHECK (length(remark) <= 2000),
	sort TEXT NOT NULL,
	CONSTRAINT pk_partner PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_partner_credit_code ON partner (credit_code) WHERE deleted_at IS NULL AND credit_code <> ''
""",
    """
CREATE INDEX ix_partner_kind ON partner (unit_kind, sort, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_partner_listed ON partner (sort, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_partner_name ON partner (name) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_partner_number ON partner (number)
""",
)

POSTGRESQL = (
    """
CREATE TABLE agreement (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_number_length CHECK (length(number) <= 40),
	partner UUID,
	partner_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_partner_name_length CHECK (length(partner_name) <= 100),
	party_a VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_party_a_length CHECK (length(party_a) <= 100),
	a_head VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_a_head_length CHECK (length(a_head) <= 60),
	a_liaison VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_a_liaison_length CHECK (length(a_liaison) <= 60),
	a_phone TEXT NOT NULL,
	party_b VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_party_b_length CHECK (length(party_b) <= 100),
	credit_code VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_credit_code_length CHECK (length(credit_code) <= 18),
	b_head VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_b_head_length CHECK (length(b_head) <= 60),
	b_liaison VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_b_liaison_length CHECK (length(b_liaison) <= 60),
	b_phone TEXT NOT NULL,
	signed_on VARCHAR COLLATE "C",
	starts_on VARCHAR COLLATE "C",
	ends_on VARCHAR COLLATE "C",
	goals VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_goals_length CHECK (length(goals) <= 2000),
	contents TEXT NOT NULL,
	contents_words VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_contents_words_length CHECK (length(contents_words) <= 2000),
	a_duties VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_a_duties_length CHECK (length(a_duties) <= 2000),
	b_duties VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_b_duties_length CHECK (length(b_duties) <= 2000),
	demand_every VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_demand_every_known CHECK (demand_every IN ('month', 'quarter', 'half_year', 'year')),
	platform VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_platform_length CHECK (length(platform) <= 200),
	venues VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_venues_length CHECK (length(venues) <= 200),
	promises TEXT NOT NULL,
	meeting_every VARCHAR COLLATE "C" CONSTRAINT ck_agreement_meeting_every_known CHECK (meeting_every IN ('month', 'quarter', 'half_year', 'year')),
	quarterly_report SMALLINT NOT NULL,
	notice_days BIGINT NOT NULL,
	changes_words VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_changes_words_length CHECK (length(changes_words) <= 2000),
	copies BIGINT NOT NULL,
	copies_each BIGINT NOT NULL,
	filed_with VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_filed_with_length CHECK (length(filed_with) <= 200),
	scans TEXT NOT NULL,
	supplements TEXT NOT NULL,
	renewal_of UUID,
	renewed_by UUID,
	ended_on VARCHAR COLLATE "C",
	end_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_end_reason_length CHECK (length(end_reason) <= 200),
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_state_known CHECK (state IN ('draft', 'signed', 'ended', 'renewed')),
	steps TEXT NOT NULL,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_agreement_remark_length CHECK (length(remark) <= 2000),
	scan_count BIGINT NOT NULL,
	supplement_count BIGINT NOT NULL,
	CONSTRAINT pk_agreement PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_agreement_ended_on ON agreement (ended_on) WHERE deleted_at IS NULL AND state = 'ended'
""",
    """
CREATE INDEX ix_agreement_last_day ON agreement (ends_on, uid) WHERE deleted_at IS NULL AND state = 'signed'
""",
    """
CREATE INDEX ix_agreement_listed ON agreement (created_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_agreement_partner ON agreement (partner, created_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_agreement_renewal ON agreement (renewal_of) WHERE deleted_at IS NULL AND renewal_of IS NOT NULL
""",
    """
CREATE INDEX ix_agreement_signed_on ON agreement (signed_on) WHERE deleted_at IS NULL AND signed_on IS NOT NULL
""",
    """
CREATE INDEX ix_agreement_state ON agreement (state, created_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_agreement_number ON agreement (number)
""",
    """
CREATE TABLE partner (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_partner_number_length CHECK (length(number) <= 40),
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_partner_name_length CHECK (length(name) <= 100),
	short_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_partner_short_name_length CHECK (length(short_name) <= 100),
	credit_code VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_partner_credit_code_length CHECK (length(credit_code) <= 18),
	unit_kind VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_partner_unit_kind_known CHECK (unit_kind IN ('organ', 'institution', 'state_firm', 'private_firm', 'school', 'hospital', 'bank', 'social', 'property', 'other')),
	party_organisation VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_partner_party_organisation_length CHECK (length(party_organisation) <= 200),
	address VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_partner_address_length CHECK (length(address) <= 200),
	head VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_partner_head_length CHECK (length(head) <= 120),
	head_phone TEXT NOT NULL,
	liaison VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_partner_liaison_length CHECK (length(liaison) <= 120),
	liaison_phone TEXT NOT NULL,
	contacts TEXT NOT NULL,
	specialities VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_partner_specialities_length CHECK (length(specialities) <= 2000),
	compounds TEXT NOT NULL,
	former_names TEXT NOT NULL,
	since VARCHAR COLLATE "C",
	until VARCHAR COLLATE "C",
	end_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_partner_end_reason_length CHECK (length(end_reason) <= 200),
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_partner_remark_length CHECK (length(remark) <= 2000),
	sort VARCHAR COLLATE "C" NOT NULL,
	CONSTRAINT pk_partner PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_partner_credit_code ON partner (credit_code) WHERE deleted_at IS NULL AND credit_code <> ''
""",
    """
CREATE INDEX ix_partner_kind ON partner (unit_kind, sort, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_partner_listed ON partner (sort, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_partner_name ON partner (name) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_partner_number ON partner (number)
""",
)
