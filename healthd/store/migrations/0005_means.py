from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0004_logcount"),
    ]

    operations = [
        migrations.AddField(model_name="outgoing", name="means", field=models.TextField(default="")),
    ]
