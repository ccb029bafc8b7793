package inspection

// RosterFormat names the format of the roster 名册 (FORMATS §4).
const RosterFormat = "xunping.roster/1"

// Roster 名册 says whose signatures count. It is signed by the bureau's root;
// the highest version counts; entries are never removed.
type Roster struct {
	Format     string        `json:"format"`
	Org        string        `json:"org,omitempty"`
	Version    int           `json:"version"`
	Issued     string        `json:"issued"`
	ValidUntil string        `json:"valid_until,omitempty"` // only warns
	Chain      []OldRoster   `json:"chain"`                 // every older roster in which the root changed
	Entries    []RosterEntry `json:"entries"`
}

// OldRoster is a former roster with its signature, kept to prove a change of
// root.
type OldRoster struct {
	Roster string `json:"roster"` // base64 of its canonical bytes
	P7S    string `json:"p7s"`    // base64 DER
}

// RosterEntry is one key of one person. SPKI is the SHA-256 of the public key,
// by which signers are found, never by name. An entry without roles may sign
// nothing: it announces the next root.
type RosterEntry struct {
	Name        string   `json:"name"`
	Number      string   `json:"number"`
	Org         string   `json:"org,omitempty"`
	Roles       []Role   `json:"roles"`
	SPKI        string   `json:"spki"`
	Certificate string   `json:"certificate"` // base64 DER
	From        string   `json:"from,omitempty"`
	To          string   `json:"to,omitempty"`
	Revoked     *Revoked `json:"revoked"`
}

// Role is what a key may do.
type Role string

// The roles of the roster.
const (
	RoleInspector Role = "inspector"
	RoleBureau    Role = "bureau"
)

// Revoked lists the last objects of a key that are still believed: what they
// reach through previous counts, the rest is quarantined (FORMATS §4 rule 8).
type Revoked struct {
	Last   []string `json:"last"`
	Reason string   `json:"reason,omitempty"`
}

// Entry finds the key spki, or nil.
func (r *Roster) Entry(spki string) *RosterEntry {
	if r == nil {
		return nil
	}
	for i := range r.Entries {
		if r.Entries[i].SPKI == spki {
			return &r.Entries[i]
		}
	}
	return nil
}

// Field is the field of a signature by this roster: one beside a record is the
// bureau's if its key has that role, else the second inspector's (FORMATS §4).
func (r *Roster) Field(s Signature) string {
	switch {
	case s.Field != FieldBeside:
		return s.Field
	case r.Entry(s.SPKI).Has(RoleBureau):
		return FieldBureau
	}
	return FieldCoinspector
}

// Has tells whether the entry carries the role.
func (e *RosterEntry) Has(role Role) bool {
	if e == nil {
		return false
	}
	for _, r := range e.Roles {
		if r == role {
			return true
		}
	}
	return false
}
