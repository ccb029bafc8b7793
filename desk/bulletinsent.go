package desk

import (
	"encoding/json"
	"fmt"
)

// settingBulletin remembers what the last 通报 of a publication carried beside the
// results: the archive holds the document that went out, not another.
const settingBulletin = "bulletin.sent."

func (d *Desk) rememberBulletin(publication string, q BulletinRequest) error {
	text, err := json.Marshal(q)
	if err != nil {
		return err
	}
	return d.SetSetting(settingBulletin+publication, string(text))
}

// bulletinSent is what the 通报 of a publication was last written with; without
// one, the results alone.
func (d *Desk) bulletinSent(round, publication string) (BulletinRequest, error) {
	q := BulletinRequest{}
	if text := d.Setting(settingBulletin+publication, ""); text != "" {
		if err := json.Unmarshal([]byte(text), &q); err != nil {
			return q, fmt.Errorf("what the bulletin of %s carried: %w", publication, err)
		}
	}
	q.Round = round
	return q, nil
}
