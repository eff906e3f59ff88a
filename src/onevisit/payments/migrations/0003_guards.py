"""The database's own guards: money is only added, never taken twice, never refunded beyond what came."""

from django.db import migrations

GUARD = """
CREATE FUNCTION payments_row_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON payments_revision FOR EACH ROW EXECUTE FUNCTION payments_row_is_kept();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON payments_line FOR EACH ROW EXECUTE FUNCTION payments_row_is_kept();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON payments_payment FOR EACH ROW EXECUTE FUNCTION payments_row_is_kept();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON payments_refundline FOR EACH ROW EXECUTE FUNCTION payments_row_is_kept();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON payments_refunddone FOR EACH ROW EXECUTE FUNCTION payments_row_is_kept();

-- Rows of which only some columns change: the trigger's arguments name them.
CREATE FUNCTION payments_only_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% is never removed', TG_TABLE_NAME;
    END IF;
    IF (to_jsonb(OLD) - TG_ARGV) <> (to_jsonb(NEW) - TG_ARGV) THEN
        RAISE EXCEPTION 'what % says never changes', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON payments_bill
    FOR EACH ROW EXECUTE FUNCTION payments_only_changes('revision');
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON payments_order
    FOR EACH ROW EXECUTE FUNCTION payments_only_changes('state', 'attempts', 'next_try_at');
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON payments_refund
    FOR EACH ROW EXECUTE FUNCTION payments_only_changes('attempts', 'next_try_at');
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON payments_receipt
    FOR EACH ROW EXECUTE FUNCTION payments_only_changes('document', 'document_sha256', 'attempts', 'next_try_at');

CREATE FUNCTION payments_bill_is_unpaid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM payments_payment WHERE bill_id = NEW.id AND settles) THEN
        RAISE EXCEPTION 'a paid bill is not amended';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER unpaid BEFORE UPDATE ON payments_bill FOR EACH ROW EXECUTE FUNCTION payments_bill_is_unpaid();

-- A line belongs to a revision that nobody has paid or been asked for: lines are not slipped in later.
CREATE FUNCTION payments_lines_make_the_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT total FROM payments_revision WHERE id = NEW.revision_id)
       <> (SELECT sum(amount + reduction) FROM payments_line WHERE revision_id = NEW.revision_id) THEN
        RAISE EXCEPTION 'the lines of a revision make its total';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER total AFTER INSERT ON payments_line DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_lines_make_the_total();

CREATE FUNCTION payments_payment_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bill payments_bill;
    asked payments_revision;
BEGIN
    SELECT * INTO bill FROM payments_bill WHERE id = NEW.bill_id FOR UPDATE;
    SELECT * INTO asked FROM payments_revision WHERE id = NEW.revision_id;
    IF asked.bill_id <> NEW.bill_id OR asked.total <> NEW.amount THEN
        RAISE EXCEPTION 'a payment is of what a revision of its bill asks for';
    END IF;
    IF NEW.settles AND asked.number <> bill.revision THEN
        RAISE EXCEPTION 'a bill is settled by what it asks for now';
    END IF;
    IF NEW.order_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM payments_order WHERE id = NEW.order_id AND revision_id = NEW.revision_id
                       AND amount = NEW.amount) THEN
        RAISE EXCEPTION 'a payment is of what its order asked for';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fits BEFORE INSERT ON payments_payment FOR EACH ROW EXECUTE FUNCTION payments_payment_fits();

CREATE FUNCTION payments_surplus_goes_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT NEW.settles
       AND NOT EXISTS (SELECT FROM payments_refund WHERE payment_id = NEW.id AND amount = NEW.amount) THEN
        RAISE EXCEPTION 'money that came second goes back';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER surplus AFTER INSERT ON payments_payment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_surplus_goes_back();

CREATE FUNCTION payments_refund_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    came numeric;
BEGIN
    SELECT amount INTO came FROM payments_payment WHERE id = NEW.payment_id FOR UPDATE;
    IF NEW.amount + (SELECT coalesce(sum(amount), 0) FROM payments_refund WHERE payment_id = NEW.payment_id) > came THEN
        RAISE EXCEPTION 'no more is refunded than came';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fits BEFORE INSERT ON payments_refund FOR EACH ROW EXECUTE FUNCTION payments_refund_fits();

CREATE FUNCTION payments_refund_line_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM payments_refund r JOIN payments_payment p ON p.id = r.payment_id
        JOIN payments_line l ON l.revision_id = p.revision_id
        WHERE r.id = NEW.refund_id AND p.id = NEW.payment_id AND l.id = NEW.line_id
          AND l.amount + l.reduction = NEW.amount) THEN
        RAISE EXCEPTION 'a line goes back whole, by the payment that paid it';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fits BEFORE INSERT ON payments_refundline FOR EACH ROW EXECUTE FUNCTION payments_refund_line_fits();

CREATE FUNCTION payments_refund_has_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.amount IS DISTINCT FROM (SELECT sum(amount) FROM payments_refundline WHERE refund_id = NEW.id) THEN
        RAISE EXCEPTION 'the lines of a refund make its amount';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER total AFTER INSERT ON payments_refund DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_refund_has_lines();
"""
UNGUARD = """
DROP TRIGGER total ON payments_refund;
DROP TRIGGER fits ON payments_refundline;
DROP TRIGGER fits ON payments_refund;
DROP TRIGGER surplus ON payments_payment;
DROP TRIGGER fits ON payments_payment;
DROP TRIGGER total ON payments_line;
DROP TRIGGER unpaid ON payments_bill;
DROP TRIGGER kept ON payments_receipt;
DROP TRIGGER kept ON payments_refund;
DROP TRIGGER kept ON payments_order;
DROP TRIGGER kept ON payments_bill;
DROP TRIGGER kept ON payments_refunddone;
DROP TRIGGER kept ON payments_refundline;
DROP TRIGGER kept ON payments_payment;
DROP TRIGGER kept ON payments_line;
DROP TRIGGER kept ON payments_revision;
DROP FUNCTION payments_refund_has_lines(), payments_refund_line_fits(), payments_refund_fits(),
    payments_surplus_goes_back(), payments_payment_fits(), payments_lines_make_the_total(),
    payments_bill_is_unpaid(), payments_only_changes(), payments_row_is_kept();
"""


class Migration(migrations.Migration):
    """Guard the money."""

    replaces = [("payments", "0002_guards"), ("payments", "0003_asked_anew")]  # as it stood before, cut otherwise
    dependencies = [("payments", "0002_refunds")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
