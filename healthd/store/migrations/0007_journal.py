from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0006_remembered"),
    ]

    operations = [
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=100)),
                ("customer", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=700)),
                ("state", models.CharField(max_length=30)),
                ("open", models.BooleanField()),
                ("version", models.IntegerField()),
                ("began", models.BigIntegerField()),
                ("changed", models.BigIntegerField()),
                ("head", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["kind", "number"], name="store_record_once")],
                "indexes": [
                    models.Index(fields=["kind", "key"], name="store_record_key"),
                    models.Index(fields=["kind", "customer"], condition=Q(open=True), name="store_record_open"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("pk", models.CompositePrimaryKey("record", "number", blank=True, editable=False, primary_key=True, serialize=False)),
                ("record", models.BigIntegerField()),
                ("number", models.IntegerField()),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("customer", models.CharField(max_length=100)),
                ("name", models.TextField()),
                ("media", models.CharField(max_length=100)),
                ("at", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
                ("content", models.BinaryField()),
            ],
            options={"indexes": [models.Index(fields=["customer", "at"], name="store_file_at")]},
        ),
        migrations.CreateModel(
            name="Errand",
            fields=[
                ("id", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("backend", models.CharField(max_length=50)),
                ("customer", models.CharField(max_length=100)),
                ("token", models.CharField(max_length=100)),
                ("turn", models.BigIntegerField()),
                ("state", models.CharField(max_length=10)),
                ("due", models.BigIntegerField()),
                ("tries", models.IntegerField()),
                ("fence", models.BigIntegerField()),
                ("owner", models.CharField(max_length=100)),
                ("leased", models.BigIntegerField(null=True)),
                ("made", models.BigIntegerField()),
                ("settled", models.BigIntegerField(null=True)),
                ("unsure", models.BooleanField()),
                ("error", models.TextField()),
                ("content", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "due"], name="store_errand_due"),
                    models.Index(fields=["token", "turn"], name="store_errand_token"),
                ]
            },
        ),
    ]
