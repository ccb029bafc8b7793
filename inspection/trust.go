package inspection

// Reason says why an object does not count, or counts only for now.
type Reason string

// Why an object is quarantined 隔离.
const (
	ReasonUnknown Reason = "unknown_signer" // key not in the roster
	ReasonRole    Reason = "wrong_role"     // key has not the role the object needs
	ReasonNumber  Reason = "not_named"      // inspector is not among people.inspectors
	ReasonRevoked Reason = "revoked"        // not reachable from the last believed objects
)

// Why a result is provisional 暂定.
const (
	AwaitsSignature Reason = "待补签"
	AwaitsLetter    Reason = "待核实"
	AwaitsScoring   Reason = "加分待评"
	AwaitsApproval  Reason = "待认定"
)

// Link is one object in the chain of a key: what it made, and what it made
// before.
type Link struct{ Hash, Signer, Previous string }

// Trust decides whose objects count. It depends on the roster and, for revoked
// keys, on the chains of their objects: only what is reachable from the last
// believed ones through previous counts, so no clock and no order of arrival
// takes part.
type Trust struct {
	roster   *Roster
	keys     map[string]*RosterEntry    // by SPKI
	believed map[string]map[string]bool // revoked key → hashes that count
	cut      map[string]bool            // revoked key → a link of what is believed is missing
}

// NewTrust makes the trust of a roster. links must hold all objects of revoked
// keys; those of others are not needed.
func NewTrust(roster *Roster, links []Link) *Trust {
	t := &Trust{roster: roster, keys: map[string]*RosterEntry{}, believed: map[string]map[string]bool{}, cut: map[string]bool{}}
	if roster == nil {
		return t
	}
	for i := range roster.Entries {
		t.keys[roster.Entries[i].SPKI] = &roster.Entries[i]
	}
	before := map[string]map[string]string{}
	for _, l := range links {
		if before[l.Signer] == nil {
			before[l.Signer] = map[string]string{}
		}
		before[l.Signer][l.Hash] = l.Previous
	}
	for _, e := range roster.Entries {
		if e.Revoked == nil {
			continue
		}
		reach := map[string]bool{}
		for _, h := range e.Revoked.Last {
			// A link that is missing cuts off what lies before it: it waits.
			for !reach[h] {
				prev, known := before[e.SPKI][h]
				if !known {
					t.cut[e.SPKI] = t.cut[e.SPKI] || h != ""
					break
				}
				reach[h] = true
				h = prev
			}
		}
		t.believed[e.SPKI] = reach
	}
	return t
}

// IsRevoked tells whether the key is revoked.
func (t *Trust) IsRevoked(spki string) bool { return t.believed[spki] != nil }

// Cut tells whether a link is missing in what is believed of a revoked key: more
// may count than is known here.
func (t *Trust) Cut(spki string) bool { return t.cut[spki] }

// signer tells why an object of the key does not count; "" if it does, by the
// key alone.
func (t *Trust) signer(spki, hash string) Reason {
	if t.keys[spki] == nil {
		return ReasonUnknown
	}
	if b := t.believed[spki]; b != nil && !b[hash] {
		return ReasonRevoked
	}
	return ""
}

// IsBureau tells whether the key has role bureau.
func (t *Trust) IsBureau(spki string) bool { return t.keys[spki].Has(RoleBureau) }

// number is the person's number behind a key.
func (t *Trust) number(spki string) string {
	if e := t.keys[spki]; e != nil {
		return e.Number
	}
	return ""
}

// Record tells why a record does not count; "" if it does (FORMATS §4 rule 8).
func (t *Trust) Record(n *Node) Reason {
	if r := t.signer(n.Signer, n.Hash); r != "" {
		return r
	}
	e := t.keys[n.Signer]
	if e.Has(RoleBureau) {
		return ""
	}
	if !e.Has(RoleInspector) {
		return ReasonRole
	}
	for _, number := range n.Numbers {
		if number == e.Number {
			return ""
		}
	}
	return ReasonNumber
}

// Act tells why an act does not count; "" if it does: role bureau, or an
// inspector for opinion, answer and recheck.
func (t *Trust) Act(a *ActNode) Reason {
	if r := t.signer(a.Signer, a.Hash); r != "" {
		return r
	}
	e := t.keys[a.Signer]
	if e.Has(RoleBureau) || a.Kind.ForInspectors() && e.Has(RoleInspector) {
		return ""
	}
	return ReasonRole
}

// Standing of a later signature.
const (
	SignatureValid   = "valid"
	SignatureUnknown = "unknown"
	SignatureRevoked = "revoked"
	SignatureRole    = "wrong_role"
)

// Signature is the standing of a signature on a record made by signer (FORMATS
// §4 rule 9). A co-signature of a revoked key counts only on a record that the
// revocation names in last.
func (t *Trust) Signature(s Signature, signer string) string {
	e := t.keys[s.SPKI]
	if e == nil {
		return SignatureUnknown
	}
	if s.SPKI == signer {
		if t.signer(signer, s.Object) != "" {
			return SignatureRevoked
		}
	} else if e.Revoked != nil && !contains(e.Revoked.Last, s.Object) {
		return SignatureRevoked
	}
	switch t.roster.Field(s) {
	case FieldInspector:
		if s.SPKI != signer {
			return SignatureRole
		}
	case FieldCoinspector:
		if !e.Has(RoleInspector) || e.Number == t.number(signer) {
			return SignatureRole
		}
	case FieldBureau:
		if !e.Has(RoleBureau) {
			return SignatureRole
		}
	default:
		return SignatureRole
	}
	return SignatureValid
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
