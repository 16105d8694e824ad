-- When an invitation ended, so that its person can be forgotten some time after;
-- 0 while it is open or signed. Who is forgotten has no address any more. The
-- indexes hold what is still to forget.

-- +goose Up
ALTER TABLE invitation ADD COLUMN ended_at BIGINT NOT NULL DEFAULT 0;
UPDATE invitation SET ended_at = CASE WHEN state = 'expired' THEN expires_at ELSE COALESCE((SELECT MAX(j.at) FROM journal j
        WHERE j.record = invitation.id AND j.type IN ('invitation.decline', 'invitation.transfer', 'invitation.replace', 'invitation.revoke')),
        active_at, created_at) END
    WHERE state IN ('declined', 'transferred', 'replaced', 'expired', 'revoked');
CREATE INDEX invitation_ended ON invitation (ended_at, id) WHERE ended_at > 0 AND contact_email <> '';

CREATE INDEX delivery_finished ON delivery (finished_at, id) WHERE finished_at > 0 AND recipient <> ''
    AND kind NOT IN ('invitation', 'reminder', 'cosign', 'certificate', 'pole-copy');
CREATE INDEX delivery_in_vain ON delivery (finished_at) WHERE kind = 'retrieval' AND state = 'cancelled';
