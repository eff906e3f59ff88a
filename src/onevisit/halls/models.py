"""Tables of halls: who came where on which day."""

from django.db import models
from django.db.models import UniqueConstraint

from onevisit.people.ids import new_id


class CheckIn(models.Model):
    """That a person was at a hall on a day, as a clerk recorded: one visit, however many things were done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.UUIDField()
    hall = models.TextField()
    day = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()  # the clerk's account

    class Meta:
        constraints = [UniqueConstraint(fields=["person", "hall", "day"], name="one_visit_a_day")]
        indexes = [models.Index(fields=["hall", "day", "-at"], name="visits_of_a_day")]
