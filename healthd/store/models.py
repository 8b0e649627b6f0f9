"""The tables.

Times are microseconds since 1970 UTC, in 64 bits: they sort, pack and come
back exactly, on every database. The large tables carry plain numbers instead
of foreign keys, and a key that begins with customer and time: a round over
all devices is written to one place in the file, and one customer's day is
read from one place.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Customer(models.Model):
    """A customer's code; every other row belongs to one."""

    code = models.CharField(max_length=100, unique=True)


class Device(models.Model):
    """A device by name; *snapshot* is the inventory's word on it, NULL for a name only heard of."""

    customer = models.ForeignKey(Customer, models.CASCADE)
    name = models.CharField(max_length=255)
    snapshot = models.BinaryField(null=True)
    present = models.BooleanField(default=False)
    layout = models.BigIntegerField(null=True)

    class Meta:
        """A name is unique within its customer only."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["customer", "name"], name="store_device_name")]


class Word(models.Model):
    """A text that packed rows refer to by number."""

    text = models.TextField()
    digest = models.BinaryField(unique=True, max_length=16)


class StateWord(models.Model):
    """Number *raw* of the object *source* is the state *word*; learned from full polls."""

    source = models.CharField(max_length=255)
    metric = models.CharField(max_length=100)
    raw = models.BigIntegerField()
    word = models.CharField(max_length=255)

    class Meta:
        """One word for each number of an object, in one metric."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "metric", "raw"], name="store_stateword_raw")]


class Layout(models.Model):
    """What each value of a packed row means; never changed once written."""

    device = models.ForeignKey(Device, models.CASCADE)
    digest = models.BinaryField(max_length=16)
    content = models.BinaryField()

    class Meta:
        """The same layout is kept once, also when it comes back later."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["device", "digest"], name="store_layout_digest")]


class Sweep(models.Model):
    """One quick round over one device; *data* is packed as *layout* says."""

    pk = models.CompositePrimaryKey("customer", "at", "device")
    customer = models.IntegerField()
    at = models.BigIntegerField()
    device = models.IntegerField()
    up = models.BooleanField()
    reason = models.TextField()
    uptime_s = models.FloatField(null=True)
    boots = models.BigIntegerField(null=True)
    engine_s = models.FloatField(null=True)
    rtt_ms = models.FloatField(null=True)
    loss_pct = models.FloatField(null=True)
    layout = models.BigIntegerField(null=True)
    coding = models.SmallIntegerField()
    data = models.BinaryField()


class Poll(models.Model):
    """One full poll; *data* are its readings packed by *layout*, *facts* everything it gave (NULL when thinned out)."""

    pk = models.CompositePrimaryKey("customer", "at", "device")
    customer = models.IntegerField()
    at = models.BigIntegerField()
    device = models.IntegerField()
    up = models.BooleanField()
    reason = models.TextField()
    layout = models.BigIntegerField(null=True)
    coding = models.SmallIntegerField()
    data = models.BinaryField()
    facts = models.BinaryField(null=True)

    class Meta:
        """The newest poll of a device is asked for often."""

        indexes: ClassVar = [models.Index(fields=["device", "at"], condition=Q(facts__isnull=False), name="store_poll_newest")]


class Probe(models.Model):
    """The newest try to reach a device, and when it last answered."""

    device = models.OneToOneField(Device, models.CASCADE, primary_key=True)
    at = models.BigIntegerField()
    answered = models.BigIntegerField(null=True)
    content = models.BinaryField()


class Transition(models.Model):
    """A device entered a state."""

    pk = models.CompositePrimaryKey("device", "at")
    device = models.IntegerField()
    at = models.BigIntegerField()
    state = models.CharField(max_length=20)
    reason = models.TextField()
    author = models.TextField()


class Reclassification(models.Model):
    """A person's word on a span of time; *device* is a name, or ``*``."""

    customer = models.ForeignKey(Customer, models.CASCADE)
    device = models.CharField(max_length=255)
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    state = models.CharField(max_length=20)
    author = models.TextField()
    reason = models.TextField()
    entered = models.BigIntegerField()

    class Meta:
        """The same word said twice is kept once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["customer", "device", "start", "end", "state", "entered"], name="store_reclass_once")
        ]


class Withdrawal(models.Model):
    """A person's word that an earlier word does not hold; the earlier one stays to be read."""

    reclassification = models.OneToOneField(Reclassification, models.CASCADE, primary_key=True)
    author = models.TextField()
    reason = models.TextField()
    at = models.BigIntegerField()


class Event(models.Model):
    """Something that happened; *digest* is of the whole event, so that the same one is kept once."""

    pk = models.CompositePrimaryKey("customer", "received", "digest")
    customer = models.IntegerField()
    received = models.BigIntegerField()
    digest = models.BigIntegerField()
    device = models.IntegerField()
    kind = models.CharField(max_length=100)
    severity = models.SmallIntegerField(null=True)
    change = models.BooleanField()
    content = models.BinaryField()

    class Meta:
        """Only changes of state are indexed by device: an index over every log line makes intake several times slower."""

        indexes: ClassVar = [models.Index(fields=["customer", "device", "received"], condition=Q(change=True), name="store_event_change")]


class Remembered(models.Model):
    """What the log buffer of a device held when it was last asked for (*at*) over one *way*; *marks* are its lines, 8 octets each."""

    pk = models.CompositePrimaryKey("device", "way")
    device = models.IntegerField()
    way = models.CharField(max_length=10)
    at = models.BigIntegerField()
    marks = models.BinaryField()


class LogCount(models.Model):
    """How many lines of one *message* (FACILITY-MNEMONIC) a device logged in one hour (*at*): weeks are read without their events."""

    pk = models.CompositePrimaryKey("customer", "at", "device", "severity", "message")
    customer = models.IntegerField()
    at = models.BigIntegerField()
    device = models.IntegerField()
    severity = models.SmallIntegerField()
    message = models.CharField(max_length=100)
    number = models.BigIntegerField()


class Finding(models.Model):
    """One trouble by its key; *content* is the newest wording of it."""

    customer = models.ForeignKey(Customer, models.CASCADE)
    key = models.CharField(max_length=700)
    device = models.CharField(max_length=255)
    level = models.SmallIntegerField()
    first_seen = models.BigIntegerField()
    last_seen = models.BigIntegerField()
    cleared = models.BigIntegerField(null=True)
    content = models.BinaryField()

    class Meta:
        """One row for each trouble."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["customer", "key"], name="store_finding_key")]


class Mark(models.Model):
    """A person's word on a finding: acknowledged or muted, why, and until when (NULL: no end)."""

    customer = models.ForeignKey(Customer, models.CASCADE)
    key = models.CharField(max_length=700)
    muted = models.BooleanField()
    author = models.TextField()
    reason = models.TextField()
    at = models.BigIntegerField()
    until = models.BigIntegerField(null=True)

    class Meta:
        """The same word said twice is kept once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["customer", "key", "at", "muted"], name="store_mark_once")]


class Rollup(models.Model):
    """Figures of one device over one hour or day (*step*, seconds); *last_at* is when its last sweep was."""

    pk = models.CompositePrimaryKey("customer", "step", "at", "device", "layout")
    customer = models.IntegerField()
    step = models.IntegerField()
    at = models.BigIntegerField()
    device = models.IntegerField()
    layout = models.BigIntegerField()
    last_at = models.BigIntegerField()
    data = models.BinaryField()


class Rolled(models.Model):
    """Up to when a customer's roll-ups of one step are made; a late sweep sets it back."""

    customer = models.ForeignKey(Customer, models.CASCADE)
    step = models.IntegerField()
    until = models.BigIntegerField()

    class Meta:
        """One mark for each step."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["customer", "step"], name="store_rolled_step")]


class Run(models.Model):
    """Work of *kind* for one period of a customer; *finished* is NULL while it is under way or has failed."""

    customer = models.ForeignKey(Customer, models.CASCADE)
    kind = models.CharField(max_length=50)
    period = models.CharField(max_length=50)
    began = models.BigIntegerField()
    finished = models.BigIntegerField(null=True)
    tries = models.IntegerField(default=0)
    note = models.TextField()

    class Meta:
        """One row for each period: work is done once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["customer", "kind", "period"], name="store_run_once")]


class Outgoing(models.Model):
    """One message on its way to one recipient; *fence* grows with every lease, so that a late sender is told apart."""

    key = models.CharField(max_length=300, primary_key=True)
    customer = models.CharField(max_length=100)
    channel = models.CharField(max_length=50)
    recipient = models.TextField()
    urgent = models.BooleanField()
    made = models.BigIntegerField()
    state = models.CharField(max_length=10)
    due = models.BigIntegerField()
    tries = models.IntegerField()
    fence = models.BigIntegerField()
    owner = models.CharField(max_length=100)
    leased = models.BigIntegerField(null=True)
    settled = models.BigIntegerField(null=True)
    repeat = models.BooleanField()
    error = models.TextField()
    content = models.BinaryField()
    means = models.TextField(default="")

    class Meta:
        """Senders ask for what is due."""

        indexes: ClassVar = [models.Index(fields=["state", "due"], name="store_outgoing_due")]


class Quarantined(models.Model):
    """What a sender sent that no inventory names; it is kept to be looked at and opens nothing."""

    pk = models.CompositePrimaryKey("received", "digest")
    received = models.BigIntegerField()
    digest = models.BigIntegerField()
    source = models.CharField(max_length=10)
    address = models.CharField(max_length=50)
    content = models.BinaryField()


class Tally(models.Model):
    """How many things a stage took in, passed on, held or dropped in one hour (*at*)."""

    pk = models.CompositePrimaryKey("at", "stage", "outcome")
    at = models.BigIntegerField()
    stage = models.CharField(max_length=50)
    outcome = models.CharField(max_length=100)
    number = models.BigIntegerField()


class Record(models.Model):
    """The newest state of something that is kept as a record of lines: a case, an RMA, a stock; *head* is what its lines make."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=100)
    customer = models.CharField(max_length=100)
    key = models.CharField(max_length=700)
    state = models.CharField(max_length=30)
    open = models.BooleanField()
    version = models.IntegerField()
    began = models.BigIntegerField()
    changed = models.BigIntegerField()
    head = models.BinaryField()

    class Meta:
        """A number is unique within its kind; what is open is asked for often."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "number"], name="store_record_once")]
        indexes: ClassVar = [
            models.Index(fields=["kind", "key"], name="store_record_key"),
            models.Index(fields=["kind", "customer"], condition=Q(open=True), name="store_record_open"),
        ]


class Line(models.Model):
    """One line of a record; never changed once written, and the next one has the next number."""

    pk = models.CompositePrimaryKey("record", "number")
    record = models.BigIntegerField()
    number = models.IntegerField()
    content = models.BinaryField()


class File(models.Model):
    """Something that belongs to a case: evidence, a scan, a form; *id* is the digest of its content, so it is kept once."""

    id = models.CharField(max_length=32, primary_key=True)
    customer = models.CharField(max_length=100)
    name = models.TextField()
    media = models.CharField(max_length=100)
    at = models.BigIntegerField()
    size = models.BigIntegerField()
    content = models.BinaryField()

    class Meta:
        """Old files are looked for by time."""

        indexes: ClassVar = [models.Index(fields=["customer", "at"], name="store_file_at")]


class Errand(models.Model):
    """One action that a desk is to be asked for; those of one *token* are done in the order of their *turn*."""

    id = models.CharField(max_length=200, primary_key=True)
    backend = models.CharField(max_length=50)
    customer = models.CharField(max_length=100)
    token = models.CharField(max_length=100)
    turn = models.BigIntegerField()
    state = models.CharField(max_length=10)
    due = models.BigIntegerField()
    tries = models.IntegerField()
    fence = models.BigIntegerField()
    owner = models.CharField(max_length=100)
    leased = models.BigIntegerField(null=True)
    made = models.BigIntegerField()
    settled = models.BigIntegerField(null=True)
    unsure = models.BooleanField()
    error = models.TextField()
    content = models.BinaryField()

    class Meta:
        """Senders ask for what is due, and for what comes before it."""

        indexes: ClassVar = [
            models.Index(fields=["state", "due"], name="store_errand_due"),
            models.Index(fields=["token", "turn"], name="store_errand_token"),
        ]
