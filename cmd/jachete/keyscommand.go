package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/issue"
	"jachete/workflow"
)

type keysCommand struct {
	List   keysListCommand `cmd:"" help:"Tell which keys are in use, without showing them."`
	Rotate struct {
		Seal keysRotateSealCommand `cmd:"" help:"Make a new key for the seal under the same root; certificates already issued stay genuine."`
	} `cmd:"" help:"Change a key."`
}

type keysListCommand struct{}

// Run implements the command.
func (keysListCommand) Run(c *Config, std *streams) error {
	return withKeys(c, func(s settings, ring keyring) error {
		names, err := filepath.Glob(filepath.Join(ring.dir, "*"))
		if err != nil {
			return err
		}
		for _, name := range names {
			fmt.Fprintln(std.out, filepath.Base(name))
		}
		key, err := ring.seal(s, workflow.SystemClock.Now())
		if err == nil {
			fmt.Fprintf(std.out, "seal: %s, certificate %s, until %s\n", key.Name(), key.Chain[0].SerialNumber.Text(16), key.Expires().Format(time.DateOnly))
		}
		return err
	})
}

type keysRotateSealCommand struct{}

// Run implements the command.
func (keysRotateSealCommand) Run(c *Config, std *streams) error {
	return withKeys(c, func(s settings, ring keyring) error {
		if s.SealP12 != "" || s.SealKey != "" {
			return errors.New("the seal's key is configured (JACHETE_SEAL_…): replace those files instead")
		}
		key, err := ring.rotateSeal(workflow.SystemClock.Now())
		if err == nil {
			fmt.Fprintf(std.out, "seal: certificate %s, until %s; restart jachete serve to use it\n", key.Chain[0].SerialNumber.Text(16), key.Expires().Format(time.DateOnly))
		}
		return err
	})
}

// withKeys runs a command on the folder of keys alone.
func withKeys(c *Config, run func(settings, keyring) error) error {
	s, err := c.check()
	if err != nil {
		return err
	}
	ring, err := openKeyring(s.Data)
	if err != nil {
		return err
	}
	return run(s, ring)
}

// rotateSeal makes a new leaf under the root of the one in use, and the root's
// list anew: one older than the leaf would prove nothing about it.
func (k keyring) rotateSeal(now time.Time) (pades.Key, error) {
	old, err := k.ownSeal(now)
	if err != nil {
		return pades.Key{}, err
	}
	serial := old.Root().SerialNumber.Text(16)
	rootKey, err := readSecret(filepath.Join(k.dir, "seal-root-"+serial+".key"))
	if err != nil {
		return pades.Key{}, fmt.Errorf("bring the root's key back for a moment: %w", err)
	}
	key, err := pades.Rotate(rand.Reader, now, sealName, []byte(rootKey), old.Root())
	if err != nil {
		return pades.Key{}, err
	}
	private, chain, err := key.PEM()
	if err != nil {
		return pades.Key{}, err
	}
	list, err := pades.MakeCRL(rand.Reader, now, []byte(rootKey), old.Root())
	if err != nil {
		return pades.Key{}, err
	}
	retired := "seal-" + old.Chain[0].SerialNumber.Text(16) + ".retired.pem"
	return key, errors.Join(
		os.Link(filepath.Join(k.dir, "seal.pem"), filepath.Join(k.dir, retired)),
		k.replace("seal-root-"+serial+".crl", string(issue.ListPEM(list))),
		k.replace("seal.pem", string(private)+string(chain)))
}

// replace writes a file whole over an old one.
func (k keyring) replace(name, text string) error {
	temp := filepath.Join(k.dir, ".next-"+name)
	os.Remove(temp) // left by a run that was cut short
	if err := writeOnce(temp, text); err != nil {
		return err
	}
	return os.Rename(temp, filepath.Join(k.dir, name))
}
