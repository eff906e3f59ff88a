"""Where an order is paid is asked of the provider each time, and not kept."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE TRIGGER kept BEFORE UPDATE OR DELETE ON payments_order
    FOR EACH ROW EXECUTE FUNCTION payments_only_changes('state', 'attempts', 'next_try_at');
"""
UNGUARD = """
CREATE OR REPLACE TRIGGER kept BEFORE UPDATE OR DELETE ON payments_order
    FOR EACH ROW EXECUTE FUNCTION payments_only_changes('state', 'pay_url', 'attempts', 'next_try_at');
"""


class Migration(migrations.Migration):
    """Drop the address."""

    dependencies = [("payments", "0002_guards")]
    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RemoveField(model_name="order", name="pay_url"),
    ]
