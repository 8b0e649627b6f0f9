from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0005_means"),
    ]

    operations = [
        migrations.CreateModel(
            name="Remembered",
            fields=[
                ("pk", models.CompositePrimaryKey("device", "way", blank=True, editable=False, primary_key=True, serialize=False)),
                ("device", models.IntegerField()),
                ("way", models.CharField(max_length=10)),
                ("at", models.BigIntegerField()),
                ("marks", models.BinaryField()),
            ],
        ),
    ]
