package desk

import (
	"path/filepath"
	"sync"

	"xunping/inspection"
	"xunping/seal"
)

// demoOrg is the organisation of a demonstration.
const demoOrg = "示例大数据局"

// demoTeam are the people of a demonstration: obviously nobody.
var demoTeam = []struct {
	file, name, number string
	role               inspection.Role
}{
	{"inspector-1", "检查员甲", "J001", inspection.RoleInspector},
	{"inspector-2", "检查员乙", "J002", inspection.RoleInspector},
	{"inspector-3", "检查员丙", "J003", inspection.RoleInspector},
	{"bureau", "汇总员", "B001", inspection.RoleBureau},
}

// people makes root, keys and roster. The certificates are valid for thirty
// years around the rounds, so that a demonstration can be verified any day.
func (d *demo) people() (pack []byte, fingerprint string, err error) {
	from, to := d.clock.now.AddDate(-1, 0, 0), d.clock.now.AddDate(30, 0, 0)
	root, err := seal.NewRoot(demoOrg, from, to)
	if err != nil {
		return nil, "", err
	}
	var entries []inspection.RosterEntry
	for _, p := range demoTeam {
		id, err := seal.NewIdentity(seal.Person{Name: p.name, Number: p.number, Org: demoOrg}, d.clock.now)
		if err != nil {
			return nil, "", err
		}
		req, err := id.Request()
		if err != nil {
			return nil, "", err
		}
		csr, _, err := seal.ReadRequest(req)
		if err != nil {
			return nil, "", err
		}
		cert, err := root.Issue(csr, from, to)
		if err != nil {
			return nil, "", err
		}
		if id, err = id.Accept(cert, root.Certificate()); err != nil {
			return nil, "", err
		}
		d.keys = append(d.keys, id)
		entries = append(entries, seal.NewEntry(cert, []inspection.Role{p.role}))
	}
	pack, err = d.bureau.issueRoster(root, func(r *inspection.Roster) error { r.Entries = entries; return nil })
	if err != nil {
		return nil, "", err
	}
	fingerprint = seal.Fingerprint(root.Certificate())
	return pack, fingerprint, d.keyFiles(root, pack, fingerprint)
}

// keyFiles writes the keys. Their slow derivation runs on all cores.
func (d *demo) keyFiles(root *seal.Root, pack []byte, fingerprint string) error {
	errs := make([]error, len(d.keys)+1)
	var wg sync.WaitGroup
	write := func(i int, name string, id *seal.Identity) {
		wg.Go(func() {
			b, err := id.Encode(DemoPassphrase, seal.Iterations)
			if err == nil {
				err = writeSecret(filepath.Join(d.o.Dir, "keys", name+".p12"), b)
			}
			errs[i] = err
		})
	}
	for i, id := range d.keys {
		write(i, demoTeam[i].file, id)
	}
	write(len(d.keys), "root", &root.Identity)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	for name, data := range map[string]string{"keys/passphrase.txt": DemoPassphrase + "\n", "roster.zip": string(pack), "root.sha256": fingerprint + "\n"} {
		if err := writeFile(filepath.Join(d.o.Dir, filepath.FromSlash(name)), []byte(data)); err != nil {
			return err
		}
	}
	_, err := d.bureau.remember(filepath.Join(d.o.Dir, "keys", "bureau.p12"), d.keys[3])
	return err
}
