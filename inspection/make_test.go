package inspection

import (
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"xunping/inspection/canon"
)

// testRubric has one of everything that a record can be wrong about.
const testRubric = `{"format":"xunping.rubric/1","code":"test","version":"1","title":"试","points_status":"illustrative","rules_status":"illustrative",
"free_findings":"allowed","places":2,
"parts":[
 {"code":"X","title":"扣分","kind":"deduct","full":"100",
  "absence":{"policy":"rescale","allowed":{"A1":{"letter":"required","conditions":["没有自建系统"]},"A3":{"letter":"optional"}}},
  "groups":[{"code":"A","title":"通","indicators":[
   {"code":"A1","title":"网络通","points":"40","rules":[{"code":"A1-1","text":"每张","kind":"each","per":"2","cap":"6"}]},
   {"code":"A2","title":"云上通","points":"40","aspects":["甲","乙"],"measures":[{"code":"A2-m1","target":"1"},{"code":"A2-m2"}],
    "rules":[{"code":"A2-1","text":"比例","kind":"share","measure":"A2-m1","per":"1","step":"0.1"},
     {"code":"A2-2","text":"酌情","kind":"range","min":"0.5","max":"30"},
     {"code":"A2-3","text":"一票","kind":"veto","effect":"fail"},
     {"code":"A2-4","text":"部门","kind":"fixed","points":"3","who":["department"]}]},
   {"code":"A3","title":"数据通","points":"20","rules":[]}]}]},
 {"code":"Y","title":"加分","kind":"bonus","full":"50","gate":{"part":"X","at_least":"70"},"absence":{"policy":"none"},
  "groups":[{"code":"D","title":"质量","indicators":[
   {"code":"D1","title":"完成","points":"30","measures":[{"code":"D1-m1","deadline":"round"}],
    "rules":[{"code":"D1-1","text":"按时","kind":"complete","needs":["D1-m1"],"points":"30"}]},
   {"code":"E1","title":"创新","points":"20","decided_by":"bureau","rules":[{"code":"E1-1","text":"酌情","kind":"range","min":"0","max":"20"}]}]}]}],
"bands":[{"name":"高","from":"80"},{"name":"低","from":"0"}],"lists":[{"name":"红榜","at_least":"80"},{"name":"黑榜","below":"60"}]}`

// testRecord is sealed but for its score, which finish adds.
const testRecord = `{"format":"xunping.inspection/1","id":"01912f00-0000-7000-8000-000000000001","revision":1,"parents":[],
"rubric":{"code":"test","sha256":""},
"round":{"code":"2019-08","title":"8月","trial":true,"cutoff":"2019-07-31","signers":2,"deadlines":{"D1-m1":"2019-10-31"}},
"unit":{"code":"450100","name":"南宁市","kind":"city"},
"visit":{"from":"2019-08-06T09:00:00+08:00","to":"2019-08-06T11:00:00.5+08:00","place":"会议室"},
"people":{"inspectors":[{"name":"甲","number":"001","org":"局"},{"name":"乙","number":"002"}],"unit_head":{"name":"丙"}},
"entries":{
 "A1":{"state":"absent","absence":{"letter":"南府〔2019〕12号","date":"2019-07-01","conditions":["没有自建系统"]}},
 "A2":{"state":"checked","aspects":["甲"],"materials":{"计划":"have"},"evidence":["EVIDENCE"],
  "findings":[{"id":"f1","rule":"A2-2","points":"5.5","note":"缺","aspects":["乙"],"evidence":["EVIDENCE"],"continues":{"record":"EVIDENCE","finding":"f4"}},
   {"id":"f2","points":"1","clause":"一（一）","note":"另"}],
  "measures":{"A2-m1":{"done":"1","total":"2","as_of":"2019-07-31","source":"site",
   "items":[{"code":"s1","state":"done"},{"code":"s2","state":"open"},{"code":"s3","state":"exempt"},{"code":"s4","state":"led"}]}}},
 "A3":{"state":"checked"},
 "D1":{"state":"checked","measures":{"D1-m1":{"done":"3","total":"3","completed":"2019-10-31"}}},
 "E1":{"state":"checked"}},
"reasons":{"A2":"更正"},
"evidence":[{"sha256":"EVIDENCE","name":"机房.jpg","media":"image/jpeg","bytes":5}],
"signer":"SIGNER","sealed":"2019-08-06T17:40:00+08:00","previous":"","counter":1}`

var (
	evidenceHash = canon.Hash([]byte("evidence"))
	signerHash   = canon.Hash([]byte("signer"))
)

// doc is a JSON document under test.
type doc map[string]any

func parse(t testing.TB, s string) doc {
	t.Helper()
	d := doc{}
	if err := json.Unmarshal([]byte(s), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// gone as a value takes the member away.
var gone = new(int)

// put sets the member at a dotted path; numbers are places in a list.
func (d doc) put(path string, value any) doc {
	names := strings.Split(path, ".")
	var at any = map[string]any(d)
	for _, n := range names[:len(names)-1] {
		switch x := at.(type) {
		case map[string]any:
			if x[n] == nil {
				x[n] = map[string]any{}
			}
			at = x[n]
		case []any:
			i, _ := strconv.Atoi(n)
			at = x[i]
		}
	}
	last := names[len(names)-1]
	switch x := at.(type) {
	case map[string]any:
		x[last] = value
		if value == any(gone) {
			delete(x, last)
		}
	case []any:
		i, _ := strconv.Atoi(last)
		x[i] = value
	}
	return d
}

func (d doc) bytes(t testing.TB) []byte {
	t.Helper()
	b, err := canon.Encode(map[string]any(d))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func compileTest(t testing.TB, changes ...string) *Compiled {
	t.Helper()
	c, err := Compile([]byte(strings.NewReplacer(changes...).Replace(testRubric)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// recordDoc is the valid record of the test rubric, without its score.
func recordDoc(t testing.TB, c *Compiled) doc {
	t.Helper()
	return parse(t, strings.NewReplacer("EVIDENCE", evidenceHash, "SIGNER", signerHash).Replace(testRecord)).
		put("rubric.sha256", c.Hash)
}

func readRecord(t testing.TB, d doc) *Record {
	t.Helper()
	r, err := ReadRecord(d.bytes(t))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// finish gives the record the score that a sealed one carries.
func finish(t testing.TB, r *Record, c *Compiled) *Record {
	t.Helper()
	score, err := r.ScoreJSON(c)
	if err != nil {
		t.Fatal(err)
	}
	r.Claimed = score
	return r
}
