package store

import (
	"fmt"

	"github.com/go-json-experiment/json"
)

// Nodes are kept as plain JSON of our own making; whatever came from outside
// was read strictly before it became a node.

func encodeNode(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode node: %w", err)
	}
	return b, nil
}

func decodeNode(b []byte, v any) error {
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("stored node: %w", err)
	}
	return nil
}
